#include "core/attention/mamba.hpp"

namespace roofcast {

LayerParts parts(const Mamba1& a, int hidden) {
  const double h = hidden, inner = a.inner, state = a.state, rank = a.dt_rank;

  LayerParts p;
  p.projections = {{.name = "in_proj", .out = 2 * inner, .in = h},
                   {.name = "x_proj", .out = rank + 2 * state, .in = inner},
                   {.name = "dt_proj", .out = inner, .in = rank},
                   {.name = "o_proj", .out = h, .in = inner}};
  p.small_params = inner * a.conv + inner + inner + inner * state + inner + (a.inner_norms ? rank + 2 * state : 0);
  p.states = {{.name = "state", .elements = inner * state, .heads = inner, .fp32 = a.fp32_state},
              {.name = "conv", .elements = inner * (a.conv - 1), .heads = inner}};
  p.state_flops = 6 * inner * state;
  return p;
}

LayerParts parts(const Mamba2& a, int hidden) {
  const double h = hidden, heads = a.heads, inner = heads * a.head_dim;
  const double channels = inner + 2.0 * a.groups * a.state;

  LayerParts p;
  p.projections = {{.name = "in_proj", .out = inner + channels + heads, .in = h},
                   {.name = "o_proj", .out = h, .in = inner}};
  p.small_params = channels * a.conv + (a.conv_bias ? channels : 0) + 3 * heads + (a.gated_norm ? inner : 0);
  p.states = {{.name = "state", .elements = inner * a.state, .heads = heads, .fp32 = a.fp32_state},
              {.name = "conv", .elements = channels * (a.conv - 1), .heads = heads}};
  p.state_flops = 6 * inner * a.state;
  return p;
}

}  // namespace roofcast
