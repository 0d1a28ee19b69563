#include <benchmark/benchmark.h>

#include "core/plan/plan.hpp"
#include "hwmodels/catalog.hpp"

using namespace roofcast;

// The goal of `plan`: eight devices with all their layouts within a second. `x_goal` above 1 is faster.

namespace {

void eight_devices(benchmark::State& state, const char* model) {
  const PresetRoots roots = default_preset_roots();
  PlanRequest r{.demand = {.amount = 20}, .headroom = 0.2};
  r.base.model = find_model(roots, model).value();
  r.base.engine = find_engine(roots, "vllm").value();
  r.base.workload = {.isl = 4096, .osl = 1024, .tpot_slo = 50 * units::ms, .ttft_slo = 3 * units::s};
  for (const char* name :
       {"a100-sxm", "h100-sxm", "h200-sxm", "b200-sxm", "gb200", "l40s", "mi300x", "rtx-pro-6000-server"})
    r.devices.push_back(find_device(roots, name).value());
  r.kv = {std::nullopt, find_kv_format("fp8")};
  r.percentile = 0.9;
  std::size_t looked_at = 0;
  for (auto _ : state) {
    const auto p = plan(r);
    looked_at = p->rows.size() + p->failures.size();
    benchmark::DoNotOptimize(p);
  }
  state.counters["layouts"] = static_cast<double>(looked_at);
  state.counters["x_goal"] = benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

}  // namespace

BENCHMARK_CAPTURE(eight_devices, dense, "llama-3.1-70b")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(eight_devices, experts, "deepseek-v3")->Unit(benchmark::kMillisecond);
