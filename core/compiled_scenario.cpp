#include "core/compiled_scenario.hpp"

#include <algorithm>
#include <cmath>

#include "core/batch_limits.hpp"
#include "core/bisection.hpp"
#include "core/cache.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

bool same(const StageMemory& a, const StageMemory& b) {
  return a.layout == b.layout && a.budget.kv_pool == b.budget.kv_pool;
}

/// How a draft model is cut: over the same tp ranks where its heads allow it, on the devices of one stage.
Deployment draft_deployment(const ModelSpec& draft, const Deployment& d) {
  Deployment same = d;
  same.pp = same.dcp = 1;
  if (!has_experts(draft)) same.ep = 1;
  return deployment_errors(draft, same).empty() ? same : Deployment{.dp = d.dp};
}

/// The step verifies drafts; whose they are is known where a draft model is given or the model has an MTP layer.
void add_speculation(CompiledScenario& c, const Scenario& s, StageMemory& last_stage) {
  const Speculation& p = s.speculation;
  c.plan.queries = p.draft_tokens + 1;
  c.plan.tokens_per_step = tokens_per_step(p);
  if (c.fit) c.fit->seen = false;  // no fit has seen drafts
  const auto draft = p.draft_model ? p.draft_model : own_draft_model(s.model);
  if (!draft) return;
  const Deployment d = draft_deployment(*draft, s.deployment);
  const KvFormat kv = p.draft_model ? model_kv_format(*draft) : s.kv;
  c.plan.draft = step_plan(*draft, d, kv, s.engine.pool_rule, s.routing).operators;
  c.plan.draft_steps = p.draft_tokens;
  const double own = kv_bytes_per_token_per_rank(s.model, s.kv, s.deployment).in(units::byte);
  const double drafts = kv_bytes_per_token_per_rank(*draft, kv, d).in(units::byte);
  // MTP layers are in the model's own weights already.
  last_stage.budget = with_draft(last_stage.budget, p.draft_model ? weight_bytes_per_rank(*draft, d, 0) : Bytes{},
                                 own + drafts > 0 ? drafts / (own + drafts) : 0);
}

}  // namespace

CompiledScenario compile(const Scenario& s) {
  const Engine& e = s.engine;
  const BatchLimits batch = batch_limits(s);
  CompiledScenario c{.plan = step_plan(s.model, s.deployment, s.kv, s.engine.pool_rule, s.routing),
                     .roofs = device_roofs(s.device, s.deployment),
                     .chunk_tokens = static_cast<double>(batch.batched_tokens),
                     .deployment = s.deployment,
                     .most_sequences = static_cast<double>(batch.sequences)};
  c.plan.overlap = s.overlap;
  if (const auto* calibration = serving_calibration(s)) {
    c.roofs.pace = calibration->pace;
    c.fit = fit_at(*calibration, serving_place(s));
    if (s.overlap != Overlap::none) c.fit->seen = false;  // no fit has seen it
  }
  const MemorySettings settings{.capacity = s.device.memory.value_or(Bytes{}),
                                .utilization = s.memory_utilization.value_or(e.memory_utilization),
                                .batched_tokens = c.chunk_tokens,
                                .sequences = static_cast<double>(batch.sequences)};
  for (int stage = 0; stage < s.deployment.pp; ++stage) {
    StageMemory m{memory_budget(s.model, s.deployment, stage, e, settings),
                  cache_layout(s.model, s.deployment, stage, s.kv, e, s.block_tokens.value_or(e.block_tokens))};
    if (stage == s.deployment.pp - 1 && s.speculation.draft_tokens > 0) add_speculation(c, s, m);
    if (std::ranges::none_of(c.stages, [&](const StageMemory& other) { return same(m, other); }))
      c.stages.push_back(std::move(m));
  }
  if (s.deployment.prefill > 0) {
    const int all = static_cast<int>(s.deployment.gpus());
    const Topology t = topology(s.device, all);
    c.transfer = t.islands(all) > 1 ? t.far : t.pair;
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
