#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/reduced_sweep.hpp"
#include "core/sweep.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/output_path.hpp"
#include "hwmodels/row_encoder.hpp"

using namespace roofcast;

// 2 devices x 500 batches x up to 2001 contexts of one model, calibrated and so that every point fits. In the library:
// step time, interval, rates and limits of each point on one core, in CPU time, against 20 M points/s. Then rows into a
// file, hashed, on one thread and on all: ratios against 1.5 M rows/s on two cores and against the floor, measured in
// the same run: writing and hashing the same bytes, which no writer of a manifest can do without. Never a pass or a
// fail.

namespace {

constexpr double kPointsGoal = 20e6;
constexpr double kGoal = 1.5e6;

SweepGrid grid(std::size_t contexts = 401) {
  const PresetRoots presets{{std::filesystem::path(ROOFCAST_SOURCE_DIR) / "presets"}};
  SweepGrid g{.models = {find_model(presets, "llama-3.1-8b").value()},
              .devices = {find_device(presets, "h200-sxm").value(), find_device(presets, "b200-sxm").value()},
              .engines = {find_engine(presets, "vllm").value()},
              .kv_formats = {find_kv_format("fp8")}};
  g.lengths =
      LazyList<Lengths>(contexts, [](std::size_t i) { return Lengths{.context = 100.0 + static_cast<double>(i)}; });
  g.batches = *parse_values("--batch", "1..500", ValueKind::count);
  return g;
}

/// Points in memory, a block of 500 batches after the other.
void points(benchmark::State& state) {
  const SweepGrid g = grid(2001);
  std::vector<double> batches;
  for (int batch = 1; batch <= 500; ++batch) batches.push_back(batch);
  std::size_t made = 0;
  double fit = 0;
  SweepBlock block;
  for (auto _ : state)
    for (std::size_t i = 0; i < g.configs(); ++i) {
      const SweepConfig config = grid_config(g, i);
      const BatchAxis axis{config, batches};
      for (std::size_t length = 0; length < g.lengths.size(); ++length) {
        const Workload w{.context = g.lengths[length].context};
        axis.evaluate(w, length_figures(config, w), block);
        benchmark::DoNotOptimize(block.tokens_s_gpu.data());
        fit += std::min(500.0, block.length.max_batch_memory);
        made += batches.size();
      }
    }
  using benchmark::Counter;
  state.counters["fit"] = fit / static_cast<double>(made);
  state.counters["points/s"] = Counter(static_cast<double>(made), Counter::kIsRate, Counter::kIs1000);
  state.counters["x_goal"] = Counter(static_cast<double>(made) / kPointsGoal, Counter::kIsRate);
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

BENCHMARK(points)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(rows, csv, Encoding::plain)->Arg(1)->Arg(0)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(rows, csv_zst, Encoding::zstd)->Arg(1)->Arg(0)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(kept, pareto, "pareto")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(kept, best, "best:tokens_s_gpu")->UseRealTime()->Unit(benchmark::kMillisecond);
