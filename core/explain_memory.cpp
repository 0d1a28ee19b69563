#include "core/explain_memory.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include "core/batch_limits.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

std::string both_texts(Bytes b) {
  return fmt::format("{} ({})", whole_bytes(b), format_bytes(b));
}

struct NamedFormat {
  Module module;
  std::string_view name;
  const WeightFormat* format;
};

/// One line per kind of module of one kind of layer: parameters x stored size.
void add_layer_lines(const LayerKind& kind, int layers, const ModelSpec& model, std::vector<std::string>& lines) {
  const LayerParts p = parts(kind, model.hidden);
  const WeightFormat plain = plain_format(model);
  const auto add = [&](std::string_view what, double params, const WeightFormat& f) {
    if (params > 0)
      lines.push_back(fmt::format("{} {} layers, {}: {} parameters x {:.6g} B ({}) = {}", layers, kind.name, what,
                                  with_thousands(params), f.bytes_per_weight, f.name,
                                  format_bytes(Bytes{layers * params * f.bytes_per_weight})));
  };
  for (const auto& [module, name, format] :
       {NamedFormat{Module::attention, "attention", &kind.formats.attention},
        NamedFormat{Module::mlp, "MLP", &kind.formats.mlp}, NamedFormat{Module::router, "router", &plain}}) {
    double params = 0;
    for (const auto& m : p.projections) {
      if (m.module != module) continue;
      const auto& own = matrix_format(kind.formats, m, plain);
      if (own == *format)
        params += m.params();
      else
        add(fmt::format("{} {}", name, m.name), m.params(), own);
    }
    add(name, params, *format);
  }
  if (p.experts) add("experts", p.experts->experts * p.experts->expert_params(), kind.formats.experts);
  add("norms and biases", p.small_params, plain);
}

void add_ends(const ModelSpec& model, std::vector<std::string>& lines) {
  const auto table =
      fmt::format("{} vocabulary x {} hidden", with_thousands(model.vocab), with_thousands(model.hidden));
  lines.push_back(fmt::format("embedding{}: {} x {} B ({})", model.tied_embeddings ? ", also the LM head" : "", table,
                              model.embedding_format.bytes_per_weight, model.embedding_format.name));
  if (!model.tied_embeddings)
    lines.push_back(
        fmt::format("LM head: {} x {} B ({})", table, model.head_format.bytes_per_weight, model.head_format.name));
  if (model.vision_params > 0)
    lines.push_back(fmt::format("vision or audio towers: {} parameters", with_thousands(model.vision_params)));
  if (model.mtp_params > 0)
    lines.push_back(fmt::format("multi-token-prediction layers: {} parameters", with_thousands(model.mtp_params)));
}

std::string pool_text(const Estimate& e) {
  if (!e.cache.blocks) return fmt::format("{} of pool", both_texts(e.memory.kv_pool));
  return fmt::format("{} blocks in {} of pool", with_thousands(*e.cache.blocks), format_bytes(e.memory.kv_pool));
}

}  // namespace

Explanation explain_parameters(const Scenario& s) {
  const ParameterCounts c = parameters(s.model);
  return {.numbers = {fmt::format("language model: {}", with_thousands(c.total)),
                      fmt::format("active per token, both embeddings: {}", with_thousands(c.active)),
                      fmt::format("multiplied per decoded token (no input table): {}", with_thousands(c.streamed))},
          .result = fmt::format("{} parameters in the checkpoint", with_thousands(c.stored))};
}

Explanation explain_weights(const Scenario& s) {
  Explanation x{.label = weight_bytes_are_exact(s.model) ? "exact" : "estimated"};
  const auto counts = kind_counts(s.model, 0, s.model.layer_count());
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) add_layer_lines(s.model.kinds[i], counts[i], s.model, x.numbers);
  add_ends(s.model, x.numbers);
  if (s.model.checkpoint_bytes)
    x.numbers.push_back(
        fmt::format("sum of tensor bytes in the checkpoint: {}", whole_bytes(*s.model.checkpoint_bytes)));
  x.result = both_texts(weight_bytes(s.model));
  Bytes most{};
  for (int stage = 0; stage < s.deployment.pp; ++stage)
    most = std::max(most, weight_bytes_per_rank(s.model, s.deployment, stage));
  if (s.deployment.tp * s.deployment.pp > 1) x.result += fmt::format("; {} on one GPU", both_texts(most));
  return x;
}

Explanation explain_overhead(const Estimate& e) {
  const MemoryBudget& m = e.memory;
  return {.numbers = {fmt::format("driver context, kernels, allocator: {}", format_bytes(m.context)),
                      fmt::format("activations of {} batched tokens: {}",
                                  with_thousands(batch_limits(e.scenario).batched_tokens), format_bytes(m.activations)),
                      fmt::format("communication buffers: {}", format_bytes(m.collectives)),
                      fmt::format("captured graphs: {}", format_bytes(m.graphs))},
          .result = both_texts(m.overhead),
          .label = "estimated"};
}

Explanation explain_kv_pool(const Estimate& e) {
  const MemoryBudget& m = e.memory;
  return {.numbers = {fmt::format("usable: {:.4g} of {} reported by {} = {}", m.utilization, format_bytes(m.capacity),
                                  e.scenario.device.name, format_bytes(m.usable)),
                      fmt::format("weights of one GPU: {}", format_bytes(m.weights)),
                      fmt::format("overhead: {}", format_bytes(m.overhead))},
          .result = fmt::format("{} - {} - {} = {}", format_bytes(m.usable), format_bytes(m.weights),
                                format_bytes(m.overhead), both_texts(m.kv_pool)),
          .label = "estimated"};
}

Explanation explain_max_batch_memory(const Estimate& e) {
  Explanation x{.numbers = {pool_text(e), fmt::format("a sequence of {} tokens takes {} on one GPU",
                                                      with_thousands(e.scenario.workload.full_length()),
                                                      whole_bytes(e.cache.allocated_per_sequence_per_gpu))},
                .result = fmt::format("{} sequences", with_thousands(e.limits.max_batch_memory)),
                .label = "estimated"};
  if (e.scenario.engine.pool_rule == PoolRule::grouped_pages && e.cache.blocks)
    x.numbers.push_back(fmt::format("one block is the null block of {}: it holds nothing", e.scenario.engine.name));
  return x;
}

Explanation explain_concurrency(const Estimate& e) {
  const Workload& w = e.scenario.workload;
  Explanation x{.numbers = {pool_text(e),
                            fmt::format("{} tokens at full length: {:.2f}", with_thousands(w.full_length()),
                                        e.limits.concurrency_full),
                            fmt::format("{} tokens at mean length: {:.2f}", with_thousands(w.mean_length()),
                                        e.limits.concurrency_mean)},
                .result = fmt::format("{:.2f}x at full length", e.limits.concurrency_full),
                .label = "estimated"};
  const bool windows = std::ranges::any_of(e.scenario.model.kinds, [](const LayerKind& k) {
    const auto streams = parts(k.attention, 1).streams;
    return std::ranges::any_of(streams, [](const CacheStream& s) { return std::isfinite(s.window); });
  });
  if (windows && e.scenario.engine.pool_rule == PoolRule::grouped_pages)
    x.numbers.push_back(fmt::format("at full length a window is counted with {} prompt tokens in flight, as {} does",
                                    with_thousands(batch_limits(e.scenario).batched_tokens), e.scenario.engine.name));
  return x;
}

Explanation explain_max_context(const Estimate& e) {
  const double batch = std::max(1.0, e.batch);
  return {.numbers = {pool_text(e), fmt::format("shared by {} sequences", with_thousands(batch))},
          .result = e.limits.max_context ? with_thousands(*e.limits.max_context) + " tokens" : "no end",
          .label = "estimated"};
}

}  // namespace roofcast
