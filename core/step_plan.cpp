#include "core/step_plan.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/activations.hpp"
#include "core/cache_layout.hpp"

namespace roofcast {
namespace {

Operator gemm(std::string_view name, double count, double out, double in, double share, const WeightFormat& format) {
  return {.name = name,
          .kind = OperatorKind::gemm,
          .count = count,
          .compute = format.compute,
          .weight_bytes = out * in * share * format.bytes_per_weight,
          .flops_token = 2 * out * in * share,
          // One side of the matrix is sharded; the smaller of both readings is not worth a parameter.
          .activation_token = (out * share + in) * kActivationBytes};
}

Operator cache_read(const CacheStream& s, double count, const Deployment& d, const KvFormat& kv, PoolRule pool) {
  const double heads = 1.0 / d.tp;  // query heads are always split
  const OperatorKind kind = s.kind == StreamKind::attention ? OperatorKind::attention
                            : s.kind == StreamKind::latent  ? OperatorKind::latent_attention
                                                            : OperatorKind::indexer;
  const double query_share = s.kind == StreamKind::indexer ? 1.0 : heads;  // every rank runs the indexer whole
  const std::string_view attention = std::isfinite(s.window) ? "window_attention" : "attention";
  return {.name = s.name == "kv" ? attention : s.name,
          .kind = kind,
          .count = count,
          .compute = kv.bytes_per_element < 2 ? Compute::fp8 : Compute::bf16,
          .activation_token = (s.query_elements + s.output_elements) * query_share * kActivationBytes,
          .stream = s,
          .row_bytes = stored_row_bytes(s, kv, pool) * s.rank_share(d.tp),
          .row_flops = s.flops_per_row * query_share * d.dcp,  // dcp ranks see each other's queries
          .prefill_row_flops = s.prefill_flops_per_row * query_share,
          .row_share = 1.0 / d.dcp};
}

Operator expert_gemms(const ExpertBank& bank, double count, const Deployment& d, const WeightFormat& format,
                      const ExpertRouting& routing) {
  const double local = bank.experts / d.ep, per_expert = bank.expert_params() / d.expert_tp();
  return {.name = "experts",
          .kind = OperatorKind::experts,
          .count = count,
          .compute = format.compute,
          // A rank sees top_k / ep of each token's choices.
          .flops_token = 2 * bank.top_k / d.ep * bank.matrices * bank.width * bank.intermediate / d.expert_tp(),
          .activation_token = bank.top_k / d.ep * (2 * bank.width + bank.matrices * bank.intermediate / d.expert_tp()) *
                              kActivationBytes,
          .bank = bank,
          .expert_bytes = per_expert * format.bytes_per_weight,
          .local_experts = local,
          .token_groups = static_cast<double>(d.expert_replicas()),
          .imbalance = d.ep > 1 ? routing.imbalance : 1,
          .largest_deviation = routing.drawn ? largest_deviation(d.ep) : 0};
}

/// (D9) Every token goes to the ranks that hold its experts and its results come back: a copy to each rank that is
/// met, of which (ep - 1) / ep are others. The ranks of a replica send a share of its tokens each.
Operator all_to_all(const ExpertBank& bank, double count, const Deployment& d) {
  const double ranks = d.ep, met = ranks * (1 - std::pow(1 - 1 / ranks, bank.top_k));
  return {.name = "all_to_all",
          .kind = OperatorKind::all_to_all,
          .count = count,
          .network_token = 2 * met * (ranks - 1) / ranks * bank.width * kActivationBytes / d.tp,
          .messages = 2};
}

/// (D13) Ranks that hold shares of a sequence's rows: each gets the others' queries, tells them the logarithm of its
/// sums of exponentials in fp32, and the partial outputs of a head are added up where its query came from.
Operator context_exchange(const LayerParts& p, double count, const Deployment& d) {
  double queries = 0, outputs = 0, heads = 0;  // streams of one layer share their queries
  for (const auto& s : p.streams) {
    if (s.kind == StreamKind::indexer) continue;  // every rank runs it whole
    queries = std::max(queries, s.query_elements);
    outputs = std::max(outputs, s.output_elements);
    heads = std::max(heads, s.query_heads);
  }
  constexpr double kFp32 = 4;
  const double vectors = (queries + outputs) / d.tp * kActivationBytes, sums = d.dcp * heads / d.tp * kFp32;
  return {.name = "context_exchange",
          .kind = OperatorKind::context_exchange,
          .count = count,
          .network_token = (d.dcp - 1) * (vectors + sums),
          .messages = 3};
}

Operator recurrence(const LayerParts& p, double count, const ModelSpec& model, const Deployment& d) {
  Operator op{.name = "state_update", .kind = OperatorKind::state_update, .count = count};
  for (const auto& s : p.states) op.state_sequence += 2 * s.bytes(model_element_bytes(model)) * s.rank_share(d.tp);
  op.flops_token = p.state_flops / d.tp;
  return op;
}

bool has_mixer(const LayerParts& p) {
  return p.query_heads > 0 || !p.states.empty();
}
bool has_ffn(const LayerParts& p) {
  return p.experts || std::ranges::any_of(p.projections, [](const auto& m) { return m.module == Module::mlp; });
}

/// Norms, residuals, activation functions and rotary embeddings: bytes only, whole on every rank but
/// for the FFN's inner width.
Operator elementwise(const LayerParts& p, double count, double hidden, double small_bytes, const Deployment& d) {
  double inner = 0;
  for (const auto& m : p.projections)
    if (m.module == Module::mlp && m.in == hidden) inner += m.out / d.tp;
  const double norms = (has_mixer(p) ? 1 : 0) + (has_ffn(p) ? 1 : 0);
  return {.name = "norm_residual_activation",
          .kind = OperatorKind::elementwise,
          .count = count,
          .weight_bytes = p.small_params * small_bytes,
          .activation_token = (norms * 4 * hidden + 1.5 * inner) * kActivationBytes};
}

/// (D5) Ring all-reduce of the hidden vector: 2(n-1)/n of it leaves each rank, after the mixer and
/// after the FFN.
Operator all_reduce(const LayerParts& p, double count, double hidden, const Deployment& d) {
  const double blocks = (has_mixer(p) ? 1 : 0) + (has_ffn(p) ? 1 : 0);
  return {.name = "all_reduce",
          .kind = OperatorKind::all_reduce,
          .count = count,
          .network_token = blocks * 2.0 * (d.tp - 1) / d.tp * hidden * kActivationBytes,
          .messages = blocks};
}

void add_layer(StepPlan& plan, const ModelSpec& model, const LayerKind& kind, double count, const Deployment& d,
               const KvFormat& kv, PoolRule pool, const ExpertRouting& routing) {
  const LayerParts p = parts(kind, model.hidden);
  const WeightFormat plain = plain_format(model);
  auto& ops = plan.operators;
  for (const auto& m : p.projections)
    ops.push_back(gemm(m.name, count, m.out, m.in, stored_share(m, d), matrix_format(kind.formats, m, plain)));
  for (const auto& s : p.streams) ops.push_back(cache_read(s, count, d, kv, pool));
  if (d.dcp > 1 && p.query_heads > 0) ops.push_back(context_exchange(p, count, d));
  if (!p.states.empty()) ops.push_back(recurrence(p, count, model, d));
  if (p.experts) ops.push_back(expert_gemms(*p.experts, count, d, kind.formats.experts, routing));
  if (p.experts && d.expert_replicas() > 1) ops.push_back(all_to_all(*p.experts, count, d));
  ops.push_back(elementwise(p, count, model.hidden, model_element_bytes(model), d));
  if (d.tp > 1) ops.push_back(all_reduce(p, count, model.hidden, d));
}

bool same_but_for_count(Operator a, const Operator& b) {
  a.count = b.count;
  return a == b;
}

/// Operators of different kinds of layers that cost the same are one.
void merge_equal(std::vector<Operator>& ops) {
  std::vector<Operator> merged;
  for (auto& op : ops) {
    const auto same = std::ranges::find_if(merged, [&](const Operator& m) { return same_but_for_count(m, op); });
    if (same == merged.end())
      merged.push_back(op);
    else
      same->count += op.count;
  }
  ops = std::move(merged);
}

}  // namespace

StepPlan step_plan(const ModelSpec& model, const Deployment& d, const KvFormat& kv, PoolRule pool,
                   const ExpertRouting& routing) {
  StepPlan plan{.pp = d.pp};
  const auto counts = kind_counts(model, 0, model.layer_count());
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) add_layer(plan, model, model.kinds[i], counts[i], d, kv, pool, routing);
  merge_equal(plan.operators);

  const double vocab = model.vocab, hidden = model.hidden;
  plan.operators.push_back({.name = "embedding_lookup",
                            .kind = OperatorKind::elementwise,
                            .count = 1,
                            .activation_token = 2 * hidden * kActivationBytes});
  Operator head = gemm("lm_head", 1, vocab, hidden, 1.0 / d.tp, model.head_format);
  head.last_token_only = true;
  head.weight_bytes += model.final_small_params * model_element_bytes(model);  // final norm, head bias
  plan.operators.push_back(head);
  plan.operators.push_back({.name = "sampling",
                            .kind = OperatorKind::elementwise,
                            .count = 1,
                            .last_token_only = true,
                            .activation_token = 2 * vocab / d.tp * 4});  // fp32 logits, written and read

  if (d.pp > 1)
    plan.operators.push_back({.name = "pipeline_send",
                              .kind = OperatorKind::send,
                              .count = static_cast<double>(d.pp - 1),
                              .network_token = hidden * kActivationBytes,
                              .messages = 1});

  int largest = 0;
  for (int s = 0; s < d.pp; ++s) {
    const auto [first, last] = stage_layers(model.layer_count(), d.pp, s);
    largest = std::max(largest, last - first);
  }
  plan.stage_imbalance = static_cast<double>(largest) * d.pp / model.layer_count();
  return plan;
}

}  // namespace roofcast
