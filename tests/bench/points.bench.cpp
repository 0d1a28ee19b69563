#include <array>

#include <benchmark/benchmark.h>

#include "core/compiled_scenario.hpp"
#include "core/estimate.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;

// How many points of a sweep one core evaluates: a decode step and the batch that fits, per point.
// Ratios against the goal of 1,000,000 points/s, never a pass or a fail.

namespace {

constexpr double kGoal = 1e6;

Scenario dense() {
  return scenario(llama_3_1_8b(), h100_sxm());
}
Scenario experts() {
  return scenario(minimax_m2_5(), h100_sxm(), {.tp = 8, .ep = 8});
}
Scenario windows() {
  return scenario(gemma_3_27b(), h100_sxm(), {.tp = 2});
}

void report(benchmark::State& state) {
  using benchmark::Counter;
  const auto points = static_cast<double>(state.iterations());
  state.counters["points/s"] = Counter(points, Counter::kIsRate, Counter::kIs1000);
  state.counters["x_goal"] = Counter(points / kGoal, Counter::kIsRate);
}

/// Batches and contexts of a sweep, so that no point is the one before.
void point(benchmark::State& state, const Scenario& s) {
  const CompiledScenario c = compile(s);
  constexpr std::array<double, 8> kBatches{1, 2, 4, 8, 16, 32, 64, 128};
  constexpr std::array<double, 8> kContexts{1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072};
  std::size_t i = 0;
  for (auto _ : state) {
    const double batch = kBatches[i % 8], context = kContexts[i / 8 % 8];
    benchmark::DoNotOptimize(decode_time(c.plan, c.roofs, {.batch = batch, .context = context}));
    benchmark::DoNotOptimize(max_sequences(c, context));
    ++i;
  }
  report(state);
}

void compiling(benchmark::State& state, const Scenario& s) {
  for (auto _ : state) benchmark::DoNotOptimize(compile(s));
}

void whole_estimate(benchmark::State& state, const Scenario& s) {
  for (auto _ : state) benchmark::DoNotOptimize(estimate(s));
}

}  // namespace

BENCHMARK_CAPTURE(point, llama_3_1_8b, dense());
BENCHMARK_CAPTURE(point, gemma_3_27b, windows());
BENCHMARK_CAPTURE(point, minimax_m2_5_62_layers_of_experts, experts());
BENCHMARK_CAPTURE(compiling, llama_3_1_8b, dense())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(compiling, minimax_m2_5_62_layers_of_experts, experts())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(whole_estimate, llama_3_1_8b, dense())->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(whole_estimate, minimax_m2_5_62_layers_of_experts, experts())->Unit(benchmark::kMicrosecond);
