#include <algorithm>
#include <string>
#include <thread>

#include <benchmark/benchmark.h>

#include "core/sweep.hpp"
#include "hwmodels/digest.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;

// Rows of a sweep as CSV with the hash of the file, on one thread and on all. Ratios against 1.5 M rows/s on two
// cores and against hashing the same bytes, which no writer of a manifest can do without; never a pass or a fail.

namespace {

constexpr double kGoal = 1.5e6;

/// 2 devices x 500 batches x 501 contexts of one model; long contexts with large batches do not fit.
SweepGrid grid() {
  SweepGrid g{.models = {llama_3_1_8b()}, .devices = {h100_sxm(), a100_sxm()}, .engines = {vllm()}};
  g.lengths =
      LazyList<Lengths>(501, [](std::size_t i) { return Lengths{.context = 1024.0 + 16.0 * static_cast<double>(i)}; });
  g.batches = *parse_values("--batch", "1..500", ValueKind::count);
  return g;
}

void rows(benchmark::State& state) {
  const SweepGrid g = grid();
  const int jobs = state.range(0) > 0 ? static_cast<int>(state.range(0))
                                      : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  std::size_t made = 0, bytes = 0;
  for (auto _ : state) {
    Sha256 hash;
    made += sweep_text(g, {}, {}, jobs, [&](const SweepChunk& chunk) {
      hash.update(chunk.text);
      bytes += chunk.text.size();
      return true;
    });
    benchmark::DoNotOptimize(hash.hex());
  }
  using benchmark::Counter;
  state.counters["jobs"] = jobs;
  state.counters["rows/s"] = Counter(static_cast<double>(made), Counter::kIsRate, Counter::kIs1000);
  state.counters["x_goal"] = Counter(static_cast<double>(made) / kGoal, Counter::kIsRate);
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void hashing_alone(benchmark::State& state) {
  const std::string text(1 << 20, '7');
  for (auto _ : state) benchmark::DoNotOptimize(sha256(text));
  state.SetBytesProcessed(state.iterations() << 20);
}

}  // namespace

BENCHMARK(rows)->Arg(1)->Arg(0)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(hashing_alone);
