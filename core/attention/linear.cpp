#include "core/attention/linear.hpp"

namespace roofcast {

LayerParts parts(const Lightning& a, int hidden) {
  const double h = hidden, heads = a.heads, d = a.head_dim, width = heads * d;

  LayerParts p;
  p.projections = {{.name = "qkv_proj", .out = 3 * width, .in = h},
                   {.name = "output_gate", .out = width, .in = h},
                   {.name = "o_proj", .out = h, .in = width}};
  p.small_params = width;
  p.states = {{.name = "state", .elements = heads * d * d, .heads = heads, .fp32 = a.fp32_state}};
  p.state_flops = 6 * heads * d * d;
  return p;
}

LayerParts parts(const ShortConv& a, int hidden) {
  const double h = hidden;

  LayerParts p;
  p.projections = {{.name = "in_proj", .out = 3 * h, .in = h}, {.name = "o_proj", .out = h, .in = h}};
  p.small_params = h * a.conv;
  p.states = {{.name = "conv", .elements = h * (a.conv - 1), .heads = h}};
  p.state_flops = 2 * h * a.conv;
  return p;
}

}  // namespace roofcast
