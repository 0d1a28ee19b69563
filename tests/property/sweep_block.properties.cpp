#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "core/estimate.hpp"
#include "core/sweep.hpp"
#include "tests/support/random_pace.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

Scenario fitted_or_not(int seed, bool fitted) {
  return fitted ? random_fitted_scenario(seed) : random_scenario(seed);
}

/// 1 .. 70: one whole tile, and the rest of another.
std::vector<double> batches() {
  std::vector<double> all(70);
  std::iota(all.begin(), all.end(), 1.0);
  return all;
}

}  // namespace

TEST_CASE("steps of many batches are those of each batch alone, to the bit (D6, R1, S1)", "[core][property]") {
  const int seed = GENERATE(range(0, 150));
  const bool fitted = GENERATE(false, true);
  CAPTURE(seed, fitted);
  const CompiledScenario c = compile(fitted_or_not(seed, fitted));
  const std::vector<double> all = batches();
  const DecodeColumns columns{c.plan, c.roofs, all};
  StepColumns steps;
  for (const double context : {1.0, 777.0, 123'456.0}) {
    columns.evaluate(context, steps);
    bool same = true;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Load load{.batch = all[i], .context = context};
      const StepTime alone = decode_time(c.plan, c.roofs, load), together = steps.at(i);
      same = same && together.time == alone.time && together.bound == alone.bound &&
             together.cost.bytes == alone.cost.bytes && together.cost.flops == alone.cost.flops &&
             together.cost.network == alone.cost.network &&
             Seconds{steps.roof[i]} == decode_time(c.plan, c.roofs.datasheet(), load).time;
    }
    CHECK(same);
  }
}

TEST_CASE("points of a block are those of the facade, to the bit (S2, S3, S4)", "[core][property]") {
  const int seed = GENERATE(range(0, 100));
  const bool fitted = GENERATE(false, true), stream = GENERATE(false, true);
  CAPTURE(seed, fitted, stream);
  Scenario s = fitted_or_not(seed, fitted);
  if (stream) s.workload = {.isl = 1 + seed * 37, .osl = 1 + seed * 11};
  const SweepConfig config = sweep_config(s);
  const std::vector<double> all = batches();
  SweepBlock block;
  BatchAxis{config, all}.evaluate(s.workload, length_figures(config, s.workload), block);
  for (const std::size_t i : {0U, 1U, 15U, 16U, 63U, 64U, 69U}) {
    s.workload.batch = static_cast<int>(all[i]);
    const Estimate e = estimate(s).value();
    CHECK(block.length.max_batch_memory == e.limits.max_batch_memory);
    if (!e.fits) continue;
    CHECK(Seconds{block.step.time[i]} == e.rates.step);
    CHECK(Seconds{block.low[i]} == e.step_range.low);
    CHECK(std::isfinite(block.high[i]) == e.step_range.high.has_value());
    if (e.step_range.high) CHECK(Seconds{block.high[i]} == *e.step_range.high);
    CHECK(Seconds{block.tpot[i]} == e.rates.tpot);
    if (e.serving) CHECK(Seconds{block.ttft[i]} == e.serving->ttft);
    CHECK(block.tokens_s_user[i] == e.rates.tokens_s_user);
    CHECK(block.tokens_s[i] == Approx(e.rates.tokens_s).epsilon(1e-12));
    CHECK(block.tokens_s_gpu[i] == Approx(e.rates.tokens_s_gpu).epsilon(1e-12));
  }
}

TEST_CASE("blocks of contexts and batches hold the points of a sweep row by row", "[core][property]") {
  const int seed = GENERATE(range(0, 40));
  CAPTURE(seed);
  const SweepConfig config = sweep_config(random_fitted_scenario(seed));
  const std::vector<double> contexts{64, 5000, 60'000}, all{1, 3, 16, 17, 500};
  const auto blocks = sweep_blocks(config, contexts, all);
  REQUIRE(blocks.size() == contexts.size());
  for (std::size_t l = 0; l < contexts.size(); ++l)
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Workload w{.context = contexts[l], .batch = static_cast<int>(all[i])};
      const SweepRow row = sweep_row(config, w, 0);
      CHECK(blocks[l].length.max_batch_memory == row.max_batch_memory);
      if (!row.step) continue;
      CHECK(Seconds{blocks[l].step.time[i]} == row.step->time);
      CHECK(Seconds{blocks[l].low[i]} == row.step_range.low);
      CHECK(blocks[l].tokens_s_gpu[i] == row.tokens_s_gpu);
    }
}

TEST_CASE("lines of a sweep are those of its points alone, whatever a selection leaves out", "[core][property]") {
  const int seed = GENERATE(range(0, 60));
  const bool stream = GENERATE(false, true);
  CAPTURE(seed, stream);
  const Scenario s = random_fitted_scenario(seed);
  SweepGrid g{.models = {s.model}, .devices = {s.device, random_device(seed + 1)}, .engines = {s.engine}, .base = s};
  g.layouts = {Layout{}, Layout{.tp = s.deployment.tp, .pp = s.deployment.pp}, Layout{.tp = 3, .gpus = 4}};
  g.lengths = LazyList<Lengths>(5, [&](std::size_t i) {
    const double tokens = 10.0 + 999.0 * static_cast<double>(i);
    return stream ? Lengths{.isl = tokens, .osl = 64} : Lengths{.context = tokens};
  });
  if (seed % 4 > 0) g.batches = *parse_values("--batch", "1,2,3,5,8..90:x3", ValueKind::count);
  if (seed % 3 == 0) g.base.workload.tpot_slo = 20.0 * ms;
  SweepSelection selection{.shards = static_cast<std::size_t>(1 + seed % 5)};
  if (seed % 2 == 0) selection.where = [](const SweepConfig&, const Workload& w) { return !w.batch || *w.batch != 3; };

  std::string alone;
  for (std::size_t point = 0; point < g.points(); point += selection.shards) {
    const SweepConfig config = grid_config(g, point / g.points_per_config());
    const Workload w = grid_workload(g, point % g.points_per_config());
    if (!selection.where || selection.where(config, w)) append_csv(sweep_row(config, w, point), alone);
  }
  std::string together;
  sweep_text(g, selection, {}, 1 + seed % 3, [&](const SweepChunk& chunk) {
    together += chunk.text;
    return true;
  });
  CHECK_FALSE(alone.empty());
  CHECK(together == alone);
}
