#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include <benchmark/benchmark.h>

#include "core/reduced_sweep.hpp"
#include "core/sweep.hpp"
#include "hwmodels/output_path.hpp"
#include "hwmodels/row_encoder.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;

// Rows of a sweep into a file, hashed, on one thread and on all. Ratios against 1.5 M rows/s on two cores and against
// the floor, measured in the same run: writing and hashing the same bytes, which no writer of a manifest can do
// without. Never a pass or a fail.

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

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A file that is gone when it is closed, written and hashed as the command does.
class HashedFile {
 public:
  explicit HashedFile(Encoding encoding)
      : file_{std::tmpfile(), std::fclose}, rows_{encoding, [this](std::string_view bytes) {
                                                    return write_all(fileno(file_.get()), bytes, "").has_value();
                                                  }} {}

  bool write(std::string_view text) { return rows_.write(text); }
  SweepOutcome end() {
    SweepOutcome outcome;
    rows_.end();
    rows_.describe(outcome);
    return outcome;
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  RowEncoder rows_;
};

/// Seconds of the floor: the text is there, in pieces as large as a chunk of rows.
double floor_seconds(std::string_view text) {
  constexpr std::size_t kPiece = 300'000;
  const auto start = Clock::now();
  HashedFile file(Encoding::plain);
  for (std::size_t at = 0; at < text.size(); at += kPiece) file.write(text.substr(at, kPiece));
  benchmark::DoNotOptimize(file.end());
  return seconds_since(start);
}

void rows(benchmark::State& state, Encoding encoding) {
  const SweepGrid g = grid();
  const int jobs = state.range(0) > 0 ? static_cast<int>(state.range(0))
                                      : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  std::string text;
  sweep_text(g, {}, {}, jobs, [&](const SweepChunk& chunk) {
    text += chunk.text;
    return true;
  });
  std::size_t made = 0;
  double floor = 0, took = 0;
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    HashedFile file(encoding);
    made += sweep_text(g, {}, {}, jobs, [&](const SweepChunk& chunk) { return file.write(chunk.text); });
    bytes += file.end().bytes;
    const double seconds = seconds_since(start);
    state.SetIterationTime(seconds);
    took += seconds;
    floor += floor_seconds(text);
  }
  using benchmark::Counter;
  state.counters["jobs"] = jobs;
  state.counters["rows/s"] = Counter(static_cast<double>(made), Counter::kIsRate, Counter::kIs1000);
  state.counters["x_goal"] = Counter(static_cast<double>(made) / kGoal, Counter::kIsRate);
  state.counters["of_floor"] = floor / took;
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

/// Points judged and not written.
void kept(benchmark::State& state, const char* keep) {
  const SweepGrid g = grid();
  const Reduction reduction = parse_reduction(keep, "model").value();
  const int jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  std::size_t rows = 0;
  for (auto _ : state)
    rows = reduced_text(
        g, {}, reduction, {}, jobs, [](std::size_t) { return true; }, [](const SweepChunk&) { return true; });
  using benchmark::Counter;
  state.counters["points/s"] =
      Counter(static_cast<double>(g.points() * state.iterations()), Counter::kIsRate, Counter::kIs1000);
  state.counters["kept"] = static_cast<double>(rows);
}

}  // namespace

BENCHMARK_CAPTURE(rows, csv, Encoding::plain)->Arg(1)->Arg(0)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(rows, csv_zst, Encoding::zstd)->Arg(1)->Arg(0)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(kept, pareto, "pareto")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(kept, best, "best:tokens_s_gpu")->UseRealTime()->Unit(benchmark::kMillisecond);
