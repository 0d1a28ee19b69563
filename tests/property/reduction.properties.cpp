#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "core/reduced_sweep.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/sweep_merge.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

/// 2 devices x 3 layouts x 3 lengths x 40 batches = 720 points, some that do not fit or cannot be.
SweepGrid grid() {
  SweepGrid g{.models = {llama_3_1_8b()}, .devices = {a100_sxm(), h100_sxm()}, .engines = {vllm()}};
  g.layouts =
      LazyList<Layout>(3, [](std::size_t i) { return Layout{.tp = static_cast<int>(i) + 1}; });  // 3: 32 heads cannot
  g.lengths =
      LazyList<Lengths>(3, [](std::size_t i) { return Lengths{.context = 2000.0 + 9000.0 * static_cast<double>(i)}; });
  g.batches = *parse_values("--batch", "1..40", ValueKind::count);
  g.base.workload.tpot_slo = 12 * units::ms;
  return g;
}

std::string reduced_csv(const SweepGrid& g, const SweepSelection& selection, const Reduction& reduction, int jobs) {
  std::string csv = sweep_header();
  reduced_text(
      g, selection, reduction, {}, jobs, [](std::size_t) { return true; },
      [&](const SweepChunk& chunk) {
        csv += chunk.text;
        return true;
      });
  return csv;
}

/// What is kept, by comparing every row with every other.
std::string compared_csv(const SweepGrid& g, const std::function<bool(const SweepRow&, const SweepRow&)>& beats) {
  std::string csv = sweep_header();
  const auto kept = [&](const SweepRow& row) {
    bool beaten = row.status != PointStatus::ok;
    sweep(g, {}, [&](const SweepRow& other) {
      beaten = beaten || (other.status == PointStatus::ok && other.context == row.context && beats(other, row));
      return !beaten;
    });
    return !beaten;
  };
  sweep(g, {}, [&](const SweepRow& row) {
    if (kept(row)) append_csv(row, csv);
    return true;
  });
  return csv;
}

double per_gpu(const SweepRow& r) {
  const Deployment& d = r.config->scenario.deployment;
  return r.batch * (units::s / r.felt.tpot) / (d.tp * d.pp);
}

}  // namespace

TEST_CASE("sweep --keep pareto: rows that no other of their context beats in speed per user and per GPU",
          "[property]") {
  const SweepGrid g = grid();
  const auto expected = compared_csv(g, [](const SweepRow& a, const SweepRow& b) {
    const double x = b.felt.tpot / a.felt.tpot, y = per_gpu(a) / per_gpu(b);
    return x >= 1 && y >= 1 && (x > 1 || y > 1 || a.point < b.point);
  });
  CHECK(std::ranges::count(expected, '\n') > 20);
  const auto reduction = parse_reduction("pareto", kept_per()).value();
  for (const int jobs : {1, 3}) CHECK(reduced_csv(g, {}, reduction, jobs) == expected);
}

TEST_CASE("sweep --keep best: the row with the most, or the least, of its context, of equals the first", "[property]") {
  const SweepGrid g = grid();
  CHECK(reduced_csv(g, {}, parse_reduction("best:tokens_s_gpu", kept_per()).value(), 2) ==
        compared_csv(g, [](const SweepRow& a, const SweepRow& b) {
          return per_gpu(a) > per_gpu(b) || (per_gpu(a) == per_gpu(b) && a.point < b.point);
        }));
  // A column of few values: layouts of one GPU, the first point of them.
  CHECK(reduced_csv(g, {}, parse_reduction("best:gpus", kept_per()).value(), 2) ==
        compared_csv(g, [](const SweepRow& a, const SweepRow& b) {
          const auto gpus = [](const SweepRow& r) { return r.config->scenario.deployment.gpus(); };
          return gpus(a) < gpus(b) || (gpus(a) == gpus(b) && a.point < b.point);
        }));
}

TEST_CASE("sweep --per: rows that differ in a column of it do not compete", "[property]") {
  const SweepGrid g = grid();
  const auto rows = [&](std::string_view per) {
    return std::ranges::count(reduced_csv(g, {}, parse_reduction("best:tokens_s", per).value(), 1), '\n') - 1;
  };
  CHECK(rows("none") == 1);
  CHECK(rows("context_tokens") == 3);
  CHECK(rows("hardware") == 2);
  CHECK(rows("hardware,tp,context_tokens") == 2 * 2 * 3);  // three ranks cannot be
}

TEST_CASE("what is kept of the kept rows of all shards is what is kept of the sweep in one piece", "[property]") {
  const std::size_t n = GENERATE(1, 2, 7, 64);
  const auto* keep = GENERATE("pareto", "best:tpot_ms", "best:gpus");
  CAPTURE(n, keep);
  const SweepGrid g = grid();
  const auto reduction = parse_reduction(keep, kept_per()).value();
  const test::TemporaryFolder folder;
  std::vector<std::filesystem::path> files;
  for (std::size_t i = 1; i <= n; ++i) {
    const std::string csv = reduced_csv(g, {.shard = i, .shards = n}, reduction, 1);
    files.push_back(folder.write("s" + std::to_string(i) + ".csv", csv));
    const SweepRequest request{.arguments = {{"keep", keep}},
                               .preset_hashes = preset_hashes(g),
                               .points = g.points(),
                               .shard = i,
                               .shards = n};
    const SweepOutcome outcome{.rows = static_cast<std::size_t>(std::ranges::count(csv, '\n')) - 1,
                               .bytes = csv.size(),
                               .sha256 = sha256(csv),
                               .started = utc_now(),
                               .finished = utc_now()};
    std::ofstream(manifest_path(files.back())) << manifest_json(request, outcome, files.back().string());
  }
  const auto set = shard_set(files).value();
  std::string merged;
  const auto rows =
      merged_rows(set, reduction_of(set.shards[0].manifest.request).value(), [&](const SweepChunk& chunk) {
        merged += chunk.text;
        return true;
      });
  REQUIRE(rows);
  CHECK(merged == reduced_csv(g, {}, reduction, 1));
  CHECK(static_cast<std::ptrdiff_t>(*rows) == std::ranges::count(merged, '\n') - 1);
}

TEST_CASE("a Pareto front is the same for any order, and has no two of which one beats the other", "[property]") {
  std::mt19937 random{GENERATE(1U, 2U, 3U, 4U)};
  std::uniform_int_distribution<int> few(0, 12);  // equals and ties are frequent
  std::vector<FrontPoint> all;
  for (std::size_t i = 0; i < 300; ++i)
    all.push_back({.x = static_cast<double>(few(random)), .y = static_cast<double>(few(random)), .point = i});
  std::vector<FrontPoint> expected;
  for (const auto& c : all)
    if (std::ranges::none_of(all, [&](const FrontPoint& o) {
          return o.x >= c.x && o.y >= c.y && (o.x > c.x || o.y > c.y || o.point < c.point);
        }))
      expected.push_back(c);
  std::ranges::sort(expected, std::greater{}, &FrontPoint::x);
  for (int order = 0; order < 5; ++order) {
    std::ranges::shuffle(all, random);
    ParetoFront front;
    for (const auto& c : all) front.insert(c);
    std::vector<FrontPoint> found;
    front.each([&](const FrontPoint& c) { found.push_back(c); });
    CHECK(found == expected);
  }
}
