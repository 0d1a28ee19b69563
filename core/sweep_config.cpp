#include "core/sweep_config.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/attention_override.hpp"
#include "core/cache.hpp"
#include "core/serving_times.hpp"
#include "core/weights.hpp"

namespace roofcast {

SweepConfig named_config(const Scenario& scenario) {
  return {.scenario = scenario,
          .attention = attention_label(scenario.model),
          .weight_dtype = weight_label(scenario.model),
          .kv_per_token = kv_bytes_per_token(scenario.model, scenario.kv)};
}

SweepConfig sweep_config(const Scenario& scenario) {
  SweepConfig c = named_config(scenario);
  auto errors = deployment_errors(scenario.model, scenario.deployment);
  if (errors.empty()) errors = overlap_errors(scenario);
  if (!errors.empty()) {
    c.unsupported = fmt::format("{} {}", errors.front().where, errors.front().what);
    return c;
  }
  c.compiled = compile(scenario);
  for (const auto& s : c.compiled.stages) c.weights_per_gpu = std::max(c.weights_per_gpu, s.budget.weights);
  return c;
}

LengthFigures length_figures(const SweepConfig& config, const Workload& w) {
  const CompiledScenario& c = config.compiled;
  const double context = w.full_length();
  const StageMemory& tight = tightest_stage(c, context);
  LengthFigures f{.max_batch_memory = std::min(max_sequences(c, context), 1e9),
                  .tightest = &tight,
                  .kv_per_sequence = allocated_per_sequence(tight.layout, context),
                  .prefill = prefill_time(c.plan, c.roofs, w.prompt(), c.chunk_tokens, w.cached(w.prompt())).time};
  f.prefill_roof = c.roofs.pace ? prompt_alone(c, c.roofs, w, w.prompt()) : f.prefill;
  return f;
}

}  // namespace roofcast
