#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "core/csv.hpp"
#include "core/sweep.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

/// One layer, weights far below the memory: 2 batches x 3 contexts x 2 attentions = 12 points.
SweepGrid small_grid() {
  ModelSpec model{.id = "toy", .name = "Toy", .hidden = 64, .vocab = 100};
  model.kinds = {{.name = "full",
                  .attention = GroupedQuery{.q_heads = 4, .kv_heads = 2, .head_dim = 16},
                  .ffn = DenseFfn{.intermediate = 128}}};
  model.layers = {0};
  Device device{.id = "box", .name = "Box", .memory = 1.0 * GiB, .bandwidth = TB / s};
  device.peaks.bf16 = TFLOP / s;
  SweepGrid grid{.models = {model}, .devices = {device}, .engines = {Engine{.id = "vllm", .name = "vLLM"}}};
  grid.attentions = {std::nullopt, AttentionOverride{.kind = AttentionOverride::Kind::mqa}};
  grid.lengths = {{.context = 16}, {.context = 1024}, {.context = 1e9}};
  grid.batches = *parse_values("--batch", "1,4", ValueKind::count);
  return grid;
}

std::vector<std::string> lines(const SweepGrid& grid, const SweepSelection& selection = {}) {
  std::vector<std::string> all;
  sweep(grid, selection, [&](const SweepRow& row) {
    append_csv(row, all.emplace_back());
    return true;
  });
  return all;
}

std::string cell(double value) {
  std::string text;
  append_cell(text, value);
  return text;
}

}  // namespace

TEST_CASE("sweep grid: a point's parameters follow from its index, batches fastest", "[core][sweep]") {
  const SweepGrid grid = small_grid();
  CHECK(grid.points() == 12);                     // 2 attentions x 3 lengths x 2 batches
  CHECK(grid_workload(grid, 3).context == 1024);  // 3 = length 1, batch 1
  CHECK(grid_workload(grid, 3).batch == 4);
  CHECK(grid_config(grid, 0).attention == "gqa:2");
  CHECK(grid_config(grid, 1).attention == "mqa");
}

TEST_CASE("sweep grid: every point is a row, in index order, whatever its answer", "[core][sweep]") {
  std::vector<std::size_t> points;
  std::size_t oom = 0;
  sweep(small_grid(), {}, [&](const SweepRow& row) {
    points.push_back(row.point);
    if (row.status == PointStatus::oom) {
      ++oom;
      CHECK_FALSE(row.step.has_value());  // no memory, no throughput
    }
    return true;
  });
  CHECK(points == std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  CHECK(oom == 4);  // 1e9 tokens: 2 attentions x 2 batches
}

TEST_CASE("sweep grid: shards share out the points without loss or overlap", "[core][sweep]") {
  const SweepGrid grid = small_grid();
  const auto whole = lines(grid);
  for (const std::size_t n : {1, 2, 5, 7, 64}) {
    std::vector<std::string> merged(whole.size());
    for (std::size_t shard = 1; shard <= n; ++shard) {
      std::size_t k = shard - 1;  // point k belongs to shard 1 + k mod n
      for (const auto& line : lines(grid, {.shard = shard, .shards = n})) {
        REQUIRE(k < merged.size());
        merged[k] = line;
        k += n;
      }
    }
    CHECK(merged == whole);
  }
}

TEST_CASE("sweep grid: a layout that cannot be is an unsupported row with its reason", "[core][sweep]") {
  SweepGrid grid = small_grid();
  grid.layouts = {Layout{.tp = 3}, Layout{.tp = 2, .gpus = 3}};
  std::size_t unsupported = 0;
  sweep(grid, {}, [&](const SweepRow& row) {
    unsupported += row.status == PointStatus::unsupported && !row.reason.empty() ? 1 : 0;
    return true;
  });
  CHECK(unsupported == 24);  // 4 heads over 3 ranks; 3 GPUs for replicas of 2
}

TEST_CASE("sweep row: as many cells as columns, and no throughput above the roof", "[core][sweep]") {
  const std::string header = sweep_header();
  const auto commas = std::ranges::count(header, ',');
  for (const auto& line : lines(small_grid())) {
    // No cell of this grid needs quotes, so commas count cells.
    CHECK(std::ranges::count(line, ',') == commas);
    CHECK(line.back() == '\n');
  }
}

TEST_CASE("csv: shortest decimals that read back, integers without exponent, text quoted only if needed",
          "[core][csv]") {
  CHECK(cell(0.1) == "0.1");
  CHECK(cell(1e6) == "1000000");
  CHECK(cell(8589934592.0) == "8589934592");
  CHECK(cell(1.0 / 3) == "0.3333333333333333");
  CHECK(cell(std::numeric_limits<double>::infinity()).empty());
  CHECK(cell(std::numeric_limits<double>::quiet_NaN()).empty());
  std::string text;
  append_cell(text, std::string_view("a,\"b\""));
  CHECK(text == "\"a,\"\"b\"\"\"");
}
