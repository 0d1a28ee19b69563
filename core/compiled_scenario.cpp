#include "core/compiled_scenario.hpp"

#include <algorithm>
#include <cmath>

#include "core/batch_limits.hpp"
#include "core/bisection.hpp"

namespace roofcast {
namespace {

bool same(const StageMemory& a, const StageMemory& b) {
  return a.layout == b.layout && a.budget.kv_pool == b.budget.kv_pool;
}

}  // namespace

CompiledScenario compile(const Scenario& s) {
  const Engine& e = s.engine;
  const BatchLimits batch = batch_limits(s);
  CompiledScenario c{.plan = step_plan(s.model, s.deployment, s.kv, s.engine.pool_rule),
                     .roofs = device_roofs(s.device, s.deployment),
                     .chunk_tokens = static_cast<double>(batch.batched_tokens),
                     .deployment = s.deployment};
  if (const auto* calibration = serving_calibration(s)) {
    c.roofs.pace = calibration->pace;
    c.fit = fit_at(*calibration, serving_place(s));
  }
  const MemorySettings settings{.capacity = s.device.memory.value_or(Bytes{}),
                                .utilization = s.memory_utilization.value_or(e.memory_utilization),
                                .batched_tokens = c.chunk_tokens,
                                .sequences = static_cast<double>(batch.sequences)};
  for (int stage = 0; stage < s.deployment.pp; ++stage) {
    StageMemory m{memory_budget(s.model, s.deployment, stage, e, settings),
                  cache_layout(s.model, s.deployment, stage, s.kv, e, s.block_tokens.value_or(e.block_tokens))};
    if (std::ranges::none_of(c.stages, [&](const StageMemory& other) { return same(m, other); }))
      c.stages.push_back(std::move(m));
  }
  return c;
}

double max_sequences(const CompiledScenario& c, double tokens) {
  double least = std::numeric_limits<double>::infinity();
  for (const auto& s : c.stages)
    least = std::min(least, s.budget.weights_fit() ? max_sequences(s.layout, s.budget.kv_pool, tokens) : 0.0);
  return least;
}

double concurrency(const CompiledScenario& c, double tokens, double in_flight) {
  double least = std::numeric_limits<double>::infinity();
  for (const auto& s : c.stages) least = std::min(least, concurrency(s.layout, s.budget.kv_pool, tokens, in_flight));
  return least;
}

const StageMemory& tightest_stage(const CompiledScenario& c, double tokens) {
  return *std::ranges::min_element(
      c.stages, {}, [&](const StageMemory& s) { return concurrency(s.layout, s.budget.kv_pool, tokens); });
}

std::optional<double> max_context(const CompiledScenario& c, double batch) {
  constexpr double kNoEnd = 1e12;
  if (max_sequences(c, kNoEnd) >= batch) return {};
  return last_true(1, kNoEnd, [&](double tokens) { return max_sequences(c, tokens) >= batch; });
}

std::optional<double> ridge_batch(const CompiledScenario& c, double context, double most) {
  const double last_memory = last_true(1, most, [&](double b) {
    return decode_time(c.plan, c.roofs, {.batch = b, .context = context}).bound != Bound::compute;
  });
  if (last_memory >= most) return {};
  return last_memory + 1;
}

}  // namespace roofcast
