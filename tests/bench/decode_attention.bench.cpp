#include <algorithm>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "hwmodels/bench/bench_run.hpp"
#include "hwmodels/probe/arithmetic.hpp"
#include "hwmodels/probe/cpu_caches.hpp"
#include "hwmodels/probe/stream.hpp"
#include "hwmodels/usable_cpus.hpp"

/// The CPU kernel beside the ceilings of the same minute: what of memory's read bandwidth, or of the multiply-adds out
/// of registers, it reaches. Shares are ratios of medians of undisturbed runs; the machine should be quiet.
namespace {

using namespace roofcast;

constexpr int kAllThreads = 0;

int threads_of(int threads) {
  return threads == kAllThreads ? usable_cpu_count() : threads;
}

/// Reads of memory that is in no cache.
BytesPerSecond memory_read(int threads) {
  kernels::ThreadTeam team(threads);
  const probe::StreamSetup setup{.bytes_per_thread = 2730 * 1536, .segments = 64};  // 4 MiB at a time, 256 MiB each
  const auto memory = probe::stream_memory(setup, threads, kernels::PageSize::huge);
  if (!memory) return {};
  const auto t = probe::time_stream(probe::Stream::read, setup, *memory, team, {});
  return Bytes{static_cast<double>(setup.bytes_per_thread) * threads} / t.median;
}

FlopsPerSecond multiply_adds(int threads) {
  kernels::ThreadTeam team(threads);
  return probe::multiply_rate(probe::Multiply::fp32, team, {})->rate;
}

void attention(benchmark::State& state, bench::AttentionPoint point, bench::BenchOptions options) {
  options.threads = threads_of(options.threads);
  options.cache = std::max(64 * units::MiB, 4 * probe::read_cpu_caches("/sys/devices/system/cpu/cpu0/cache").l3);
  for (auto _ : state) {
    const BytesPerSecond before = memory_read(options.threads);
    const auto row = bench::run_bench(point, options);
    const BytesPerSecond read = 0.5 * (before + memory_read(options.threads));
    if (!row) return state.SkipWithError(row.error().at(0).what.c_str());
    const Cost cost = bench::cost_of(point);
    const Seconds t = row->timing.median;
    state.SetIterationTime(t.in(units::s));
    state.counters["GB/s"] = (cost.bytes / t).in(units::GB / units::s);
    state.counters["of_memory_read"] = cost.bytes / t / read;
    state.counters["GFLOP/s"] = (cost.flops / t).in(units::GFLOP / units::s);
    state.counters["of_fma"] = cost.flops / t / multiply_adds(options.threads);
    state.counters["spread"] = row->timing.spread;
    if (row->huge_pages) state.counters["huge"] = *row->huge_pages;
  }
}

void add(int kv_heads, int context, kernels::KvElement element, int threads, int page_tokens, bool cold) {
  const bench::AttentionPoint point{.shape = {.query_heads = 32, .kv_heads = kv_heads, .kv = element},
                                    .context = context,
                                    .page_tokens = page_tokens};
  const auto name = fmt::format("attention/32:{}/{}/{}/{}threads{}{}", kv_heads, context, kernels::name(element),
                                threads_of(threads), page_tokens > 0 ? "/paged" : "", cold ? "/cold" : "/warm");
  benchmark::RegisterBenchmark(name.c_str(), attention, point, bench::BenchOptions{.threads = threads, .cold = cold})
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMicrosecond);
}

const bool kRegistered = [] {
  for (const int threads : {kAllThreads, 1})
    for (const auto element : kernels::kKvElements) {
      for (const int kv_heads : {32, 16, 8, 4, 2, 1}) add(kv_heads, 4096, element, threads, 0, true);
      for (const int kv_heads : {32, 1}) add(kv_heads, 4096, element, threads, 16, true);
      add(32, 64, element, threads, 0, false);  // 2 MiB in fp32: in the core's own cache
    }
  return true;
}();

}  // namespace
