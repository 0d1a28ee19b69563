#include "core/calibrated/call_cost.hpp"

#include <algorithm>

#include "core/attention/layer_parts.hpp"
#include "core/operator.hpp"

namespace roofcast {
namespace {

double attended(double context, double window) {
  return window > 0 ? std::min(context, window) : context;
}

/// Experts of one device that its tokens touch. Balanced lists deal tokens out in turn, so that T k < E
/// choices meet T k experts; an uneven list is taken as uniform draws (D3).
double touched(const MoeCall& call) {
  const double chosen = call.skew == 0 ? std::min(call.experts, call.tokens * call.top_k)
                                       : experts_touched({.experts = call.experts, .top_k = call.top_k}, call.tokens);
  return chosen / call.ep;
}

}  // namespace

Bytes reused(const DecodeAttentionCall& c) {
  return Bytes{2 * c.batch * c.kv_heads * attended(c.context, c.window) * c.head_dim * c.kv_bytes};
}

Bytes reused(const PrefillAttentionCall& c) {
  return Bytes{2 * c.batch * c.kv_heads * c.tokens * c.head_dim * c.kv_bytes};
}

Bytes reused(const MlaDecodeCall& c) {
  return Bytes{c.batch * c.context * (c.latent + c.rope) * c.kv_bytes};
}

Bytes reused(const GemmCall& c, const WeightFormat& format) {
  return Bytes{c.n * c.k * format.bytes_per_weight};
}

Bytes reused(const MoeCall& c, const WeightFormat& format, double matrices) {
  return Bytes{touched(c) * matrices * c.hidden * c.intermediate / c.tp * format.bytes_per_weight};
}

Cost cost(const DecodeAttentionCall& c) {
  const double heads = c.batch * c.heads * c.head_dim;
  return {.bytes = reused(c) + Bytes{heads * (c.q_bytes + kResultBytes)},
          .flops = Flops{4 * heads * attended(c.context, c.window)}};
}

Cost cost(const PrefillAttentionCall& c) {
  const CacheStream rows{.name = "kv", .window = c.window > 0 ? c.window : CacheStream::kUnbounded};
  const double heads = c.batch * c.heads * c.head_dim;
  return {.bytes = reused(c) + Bytes{heads * c.tokens * (c.q_bytes + kResultBytes)},
          .flops = Flops{4 * heads * causal_rows(rows, c.tokens)}};
}

Cost cost(const MlaDecodeCall& c) {
  const double heads = c.batch * c.heads, row = c.latent + c.rope;
  return {.bytes = reused(c) + Bytes{heads * (row + c.latent) * kResultBytes},
          .flops = Flops{2 * heads * c.context * (row + c.latent)}};
}

Cost cost(const GemmCall& c, const WeightFormat& format) {
  const double written = std::max(kResultBytes, activation_bytes(format.compute));
  return {.bytes = reused(c, format) + Bytes{c.m * c.k * activation_bytes(format.compute) + c.m * c.n * written},
          .flops = Flops{2 * c.m * c.n * c.k}};
}

Cost cost(const MoeCall& c, const WeightFormat& format, double matrices) {
  const double pairs = c.tokens * c.top_k / c.ep;
  const double rows = std::min(c.tokens, pairs);  // tokens that meet this device
  return {.bytes = reused(c, format, matrices) + Bytes{2 * rows * c.hidden * kResultBytes},
          .flops = Flops{2 * matrices * pairs * c.hidden * c.intermediate / c.tp}};
}

Cost cost(const AllReduceCall& c) {
  return {.bytes = Bytes{2 * c.bytes}, .network = Bytes{2 * (c.devices - 1) / c.devices * c.bytes}};
}

double expert_matrices(const KernelName& kernel) {
  return kernel.kernel.contains("nongated") ? 2 : 3;
}

double activation_bytes(Compute compute) {
  switch (compute) {
    case Compute::fp32:
      return 4;
    case Compute::bf16:
      return 2;
    case Compute::fp8:
    case Compute::int8:
      return 1;
    case Compute::fp4:
      return 0.5 + 1.0 / 16;
  }
  return 2;
}

}  // namespace roofcast
