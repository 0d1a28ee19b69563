#include <algorithm>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

#include "core/sweep.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/sweep_merge.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

/// 2 devices x 2 layouts x 6 lengths x 9 batches = 216 points, some of them unsupported.
SweepGrid grid() {
  SweepGrid g{.models = {llama_3_1_8b()}, .devices = {h100_sxm(), a100_sxm()}, .engines = {vllm()}};
  g.models[0].id = g.models[0].name = "quoted \"8b\",\nin two lines";  // a row is not a line
  g.layouts = {Layout{.tp = 1}, Layout{.tp = 3}};                      // 32 heads over 3 ranks cannot be
  g.lengths =
      LazyList<Lengths>(6, [](std::size_t i) { return Lengths{.context = 1000.0 + 3000.0 * static_cast<double>(i)}; });
  g.batches = *parse_values("--batch", "1..9", ValueKind::count);
  return g;
}

std::string sweep_csv(const SweepGrid& g, const SweepSelection& selection) {
  std::string csv = sweep_header();
  sweep_text(g, selection, {}, 1, [&](const SweepChunk& chunk) {
    csv += chunk.text;
    return true;
  });
  return csv;
}

/// Writes a shard and its manifest as the command does.
std::filesystem::path write_shard(const test::TemporaryFolder& folder, const SweepGrid& g,
                                  const SweepSelection& selection) {
  std::size_t rows = sweep(g, selection, [](const SweepRow&) { return true; });
  const std::string csv = sweep_csv(g, selection);
  const auto file = folder.write("s" + std::to_string(selection.shard) + ".csv", csv);
  const SweepRequest request{.arguments = {{"batch", "1..9"}},
                             .preset_hashes = preset_hashes(g),
                             .points = g.points(),
                             .shard = selection.shard,
                             .shards = selection.shards};
  const SweepOutcome outcome{
      .rows = rows, .bytes = csv.size(), .sha256 = sha256(csv), .started = utc_now(), .finished = utc_now()};
  std::ofstream(manifest_path(file)) << manifest_json(request, outcome, file.string());
  return file;
}

}  // namespace

TEST_CASE("merged shards are the sweep in one piece, byte for byte, whatever their number and a filter", "[property]") {
  const std::size_t n = GENERATE(1, 2, 7, 64, 300);  // 300: more shards than points
  const int filter = GENERATE(0, 1, 2);
  CAPTURE(n, filter);
  SweepSelection all;
  if (filter == 1) all.where = [](const SweepConfig&, const Workload& w) { return *w.batch % 3 != 0; };
  if (filter == 2) all.where = [](const SweepConfig&, const Workload&) { return false; };
  const SweepGrid g = grid();
  const test::TemporaryFolder folder;
  std::vector<std::filesystem::path> files;
  for (std::size_t i = n; i >= 1; --i) {  // in any order
    SweepSelection shard = all;
    shard.shard = i;
    shard.shards = n;
    files.push_back(write_shard(folder, g, shard));
  }
  const auto set = shard_set(files);
  REQUIRE(set);
  CHECK(set->missing.empty());
  std::string merged;
  std::size_t chunk_rows = 0;
  const auto rows = merged_rows(*set, {}, [&](const SweepChunk& chunk) {
    merged += chunk.text;
    chunk_rows += chunk.rows;
    return true;
  });
  REQUIRE(rows);
  const std::string whole = sweep_csv(g, all);
  CHECK(merged == whole);
  CHECK(*rows == (filter == 0 ? 216 : filter == 1 ? 144 : 0));  // two batches of three
  CHECK(chunk_rows == *rows);
  if (filter < 2) CHECK_THAT(whole, Catch::Contains("\"quoted \"\"8b\"\",\nin two lines\""));
}

TEST_CASE("a byte changed anywhere in a shard is found before the merge ends", "[property]") {
  const SweepGrid g = grid();
  const test::TemporaryFolder folder;
  const std::vector files{write_shard(folder, g, {.shard = 1, .shards = 2}),
                          write_shard(folder, g, {.shard = 2, .shards = 2})};
  const std::string good = sweep_csv(g, {.shard = 2, .shards = 2});
  const auto set = shard_set(files).value();
  for (std::size_t at = 0; at < good.size(); at += 97) {
    CAPTURE(at);
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    folder.write("s2.csv", bad);
    const auto rows = merged_rows(set, {}, [](const SweepChunk&) { return true; });
    REQUIRE_FALSE(rows);
    CHECK(rows.error()[0].where == files[1].string());
    CHECK(rows.error()[0].kind == ErrorKind::file);
  }
}
