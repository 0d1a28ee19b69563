#include "core/attention/delta_rule.hpp"

namespace roofcast {

LayerParts parts(const GatedDelta& a, int hidden) {
  const double h = hidden, heads = a.v_heads;
  const double k = static_cast<double>(a.k_heads) * a.k_dim, v = heads * a.v_dim, channels = 2 * k + v;

  LayerParts p;
  p.projections = {{.name = "qkvz_proj", .out = channels + v, .in = h},
                   {.name = "ba_proj", .out = 2 * heads, .in = h},
                   {.name = "o_proj", .out = h, .in = v}};
  p.small_params = channels * a.conv + 2 * heads + a.v_dim;
  p.states = {{.name = "state", .elements = heads * a.v_dim * a.k_dim, .heads = heads, .fp32 = a.fp32_state},
              {.name = "conv", .elements = channels * (a.conv - 1), .heads = static_cast<double>(a.k_heads)}};
  p.state_flops = 8 * heads * a.v_dim * a.k_dim;  // decay, read, rank-1 update, output
  return p;
}

LayerParts parts(const KimiDelta& a, int hidden) {
  const double h = hidden, d = a.head_dim, heads = a.heads, width = heads * d;

  LayerParts p;
  p.projections = {{.name = "qkv_proj", .out = 3 * width, .in = h},
                   {.name = "decay_a", .out = d, .in = h, .shard = Shard::replicated},
                   {.name = "decay_b", .out = width, .in = d},
                   {.name = "beta_proj", .out = heads, .in = h}};
  if (a.full_gate) {
    p.projections.push_back({.name = "output_gate", .out = width, .in = h});
  } else {
    p.projections.push_back({.name = "output_gate_a", .out = d, .in = h, .shard = Shard::replicated});
    p.projections.push_back({.name = "output_gate_b", .out = width, .in = d});
  }
  p.projections.push_back({.name = "o_proj", .out = h, .in = width});
  p.small_params = 3 * width * a.conv + width + heads + d;
  p.states = {{.name = "state", .elements = heads * d * d, .heads = heads, .fp32 = true},
              {.name = "conv", .elements = 3 * width * (a.conv - 1), .heads = heads}};
  p.state_flops = 8 * heads * d * d;
  return p;
}

}  // namespace roofcast
