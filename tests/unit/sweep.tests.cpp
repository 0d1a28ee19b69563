#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "core/sweep.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

/// 2 devices x 2 layouts x 40 lengths x 30 batches = 4,800 points: several chunks for each of a few jobs.
SweepGrid several_chunks() {
  SweepGrid grid{.models = {llama_3_1_8b()}, .devices = {h100_sxm(), a100_sxm()}, .engines = {vllm()}};
  grid.layouts = {Layout{.tp = 1}, Layout{.tp = 3}};  // 32 heads over 3 ranks cannot be
  grid.lengths =
      LazyList<Lengths>(40, [](std::size_t i) { return Lengths{.context = 1000.0 + 3000.0 * static_cast<double>(i)}; });
  grid.batches = *parse_values("--batch", "1..30", ValueKind::count);
  return grid;
}

std::string text(const SweepSelection& selection, int jobs, const RowFormat& format = {}) {
  std::string all;
  sweep_text(several_chunks(), selection, format, jobs, [&](const SweepChunk& chunk) {
    all += chunk.text;
    return true;
  });
  return all;
}

constexpr auto append_point = [](const SweepRow& row, std::string& out) { out += std::to_string(row.point); };

}  // namespace

TEST_CASE("sweep: the same bytes for any number of jobs", "[core][sweep]") {
  const std::string alone = text({}, 1);
  CHECK(std::ranges::count(alone, '\n') == 4800);
  for (const int jobs : {2, 3, 8}) CHECK(text({}, jobs) == alone);
}

TEST_CASE("sweep: a shard and a filter leave the same points whatever the jobs", "[core][sweep]") {
  const SweepSelection selection{
      .shard = 3, .shards = 7, .where = [](const SweepConfig&, const Workload& w) { return *w.batch % 2 == 0; }};
  const std::string alone = text(selection, 1);
  CHECK_FALSE(alone.empty());
  CHECK(text(selection, 4) == alone);
}

TEST_CASE("sweep: rows of neighbours that share figures are those of points evaluated alone", "[core][sweep]") {
  // The evaluator keeps the deployment and the length of the point before; each point anew must give the same row.
  const SweepGrid grid = several_chunks();
  std::string alone;
  for (std::size_t point = 0; point < grid.points(); point += 11) {
    const std::size_t config = point / grid.points_per_config(), within = point % grid.points_per_config();
    const SweepConfig fresh = grid_config(grid, config);
    append_csv(sweep_row(fresh, grid_workload(grid, within), point), alone);
  }
  CHECK(text({.shard = 1, .shards = 11}, 2) == alone);
}

TEST_CASE("sweep: what was left at a point goes on there", "[core][sweep]") {
  const RowFormat format{append_point, " "};
  // Shard 2 of 4 has 1, 5, 9, ...; the first at or after 4,790 is 4,793 = 1 + 4 x 1,198.
  CHECK(text({.shard = 2, .shards = 4, .first_point = 4790}, 2, format) == "4793 4797");
  CHECK(text({.first_point = 4800}, 2, format).empty());
  CHECK(text({.shard = 2, .shards = 4, .first_point = 4793}, 1, format) == "4793 4797");
}

TEST_CASE("sweep: a sink that has enough ends it, whatever is made ahead", "[core][sweep]") {
  for (const int jobs : {1, 4}) {
    std::size_t chunks = 0;
    const auto rows = sweep_text(several_chunks(), {}, {}, jobs, [&](const SweepChunk&) { return ++chunks < 3; });
    CHECK(chunks == 3);
    CHECK(rows > 0);
    CHECK(rows < 4800);
  }
}

TEST_CASE("sweep: chunks say which points are behind them", "[core][sweep]") {
  std::size_t before = 0, rows = 0;
  sweep_text(several_chunks(), {}, {append_point, " "}, 3, [&](const SweepChunk& chunk) {
    rows += chunk.rows;
    CHECK(chunk.next_point == rows);  // nothing is left out here
    CHECK(chunk.next_point > before);
    before = chunk.next_point;
    return true;
  });
  CHECK(before == 4800);
}
