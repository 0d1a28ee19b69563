#include "core/batch_limits.hpp"

#include <algorithm>

#include "core/lower_case.hpp"

namespace roofcast {
namespace {

bool meets(const BatchRule& rule, const Device& device) {
  const auto name = lower_case(device.name);
  if (rule.device_class && *rule.device_class != device.device_class) return false;
  if (!rule.name_has.empty() && !name.contains(rule.name_has)) return false;
  if (!rule.name_lacks.empty() && name.contains(rule.name_lacks)) return false;
  return rule.memory_from <= Bytes{} || (device.memory && *device.memory >= rule.memory_from);
}

}  // namespace

BatchLimits default_batch_limits(const Engine& engine, const Device& device, int ranks) {
  BatchLimits limits{.batched_tokens = engine.max_batched_tokens, .sequences = engine.max_sequences};
  const auto rule = std::ranges::find_if(engine.batch_rules, [&](const BatchRule& r) { return meets(r, device); });
  if (rule != engine.batch_rules.end()) {
    const int times = rule->per_rank ? ranks : 1;
    limits = {.batched_tokens = rule->max_batched_tokens * times, .sequences = rule->max_sequences * times};
  }
  limits.sequences = std::min(limits.sequences, limits.batched_tokens);
  return limits;
}

BatchLimits batch_limits(const Scenario& s) {
  BatchLimits limits = default_batch_limits(s.engine, s.device, s.deployment.tp * s.deployment.pp);
  if (s.max_batched_tokens) limits.batched_tokens = *s.max_batched_tokens;
  return limits;
}

}  // namespace roofcast
