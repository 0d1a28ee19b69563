#include <algorithm>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <unistd.h>

#include "core/sweep.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/file_output.hpp"

using namespace roofcast;

// 2 devices x 500 batches x 2001 contexts of one model, calibrated and so that every point fits. In the library: step
// time, interval, rates and limits of each point on one core, against 20 M points/s. As CSV in a file, with its hash,
// on one core and on all: against 1.5 M rows/s on two, and against the time in which one thread hashes and writes the
// same bytes, measured in the same run. Ratios, never a pass or a fail.

namespace {

constexpr double kPointsGoal = 20e6;
constexpr double kRowsGoal = 1.5e6;

PresetRoots presets() {
  return {{std::filesystem::path(ROOFCAST_SOURCE_DIR) / "presets"}};
}

SweepGrid grid(std::size_t contexts) {
  SweepGrid g{.models = {find_model(presets(), "llama-3.1-8b").value()},
              .devices = {find_device(presets(), "h200-sxm").value(), find_device(presets(), "b200-sxm").value()},
              .engines = {find_engine(presets(), "vllm").value()},
              .kv_formats = {find_kv_format("fp8")}};
  g.lengths =
      LazyList<Lengths>(contexts, [](std::size_t i) { return Lengths{.context = 100.0 + static_cast<double>(i)}; });
  g.batches = *parse_values("--batch", "1..500", ValueKind::count);
  return g;
}

void points(benchmark::State& state) {
  const SweepGrid g = grid(2001);
  std::vector<double> batches;
  for (int batch = 1; batch <= 500; ++batch) batches.push_back(batch);
  std::size_t made = 0;
  double fit = 0;
  for (auto _ : state) {
    SweepBlock block;
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
  }
  using benchmark::Counter;
  state.counters["fit"] = fit / static_cast<double>(made);
  state.counters["points/s"] = Counter(static_cast<double>(made), Counter::kIsRate, Counter::kIs1000);
  state.counters["x_goal"] = Counter(static_cast<double>(made) / kPointsGoal, Counter::kIsRate);
}

/// A file that hashes what is written to it and is dropped at the end.
class ScratchFile {
 public:
  void write(std::string_view bytes) {
    hash_.update(bytes);
    if (!file_.write(bytes)) std::abort();
    bytes_ += bytes.size();
  }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  FileOutput file_ =
      FileOutput::create(std::filesystem::temp_directory_path() / ("roofcast-bench-" + std::to_string(getpid())))
          .value();
  Sha256 hash_{};
  std::size_t bytes_ = 0;
};

constexpr std::size_t kContexts = 301;

void rows(benchmark::State& state) {
  const SweepGrid g = grid(kContexts);
  const int jobs = state.range(0) > 0 ? static_cast<int>(state.range(0))
                                      : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  std::size_t made = 0, bytes = 0;
  for (auto _ : state) {
    ScratchFile file;
    made += sweep_text(g, {}, {}, jobs, [&](const SweepChunk& chunk) {
      file.write(chunk.text);
      return true;
    });
    bytes += file.bytes();
  }
  using benchmark::Counter;
  state.counters["jobs"] = jobs;
  state.counters["rows/s"] = Counter(static_cast<double>(made), Counter::kIsRate, Counter::kIs1000);
  state.counters["x_goal"] = Counter(static_cast<double>(made) / kRowsGoal, Counter::kIsRate);
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

/// The floor: bytes per second of `rows` over those of this.
void same_bytes(benchmark::State& state) {
  std::vector<std::string> chunks;
  sweep_text(grid(kContexts), {}, {}, 1, [&](const SweepChunk& chunk) {
    chunks.push_back(chunk.text);
    return true;
  });
  std::size_t bytes = 0;
  for (auto _ : state) {
    ScratchFile file;
    for (const auto& text : chunks) file.write(text);
    bytes += file.bytes();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

}  // namespace

BENCHMARK(points)->Unit(benchmark::kMillisecond);
BENCHMARK(same_bytes)->UseRealTime()->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);
BENCHMARK(rows)->Arg(1)->Arg(0)->UseRealTime()->MeasureProcessCPUTime()->Unit(benchmark::kMillisecond);
