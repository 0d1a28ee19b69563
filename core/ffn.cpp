#include "core/ffn.hpp"

namespace roofcast {
namespace {

void add_mlp(LayerParts& p, double hidden, double intermediate, bool gated, bool bias, std::string_view up,
             std::string_view down) {
  const double in_width = (gated ? 2 : 1) * intermediate;
  p.projections.push_back({.name = up, .out = in_width, .in = hidden, .module = Module::mlp});
  p.projections.push_back({.name = down, .out = hidden, .in = intermediate, .module = Module::mlp});
  if (bias) p.small_params += in_width + hidden;
}

}  // namespace

LayerParts parts(const DenseFfn& f, int hidden) {
  LayerParts p;
  add_mlp(p, hidden, f.intermediate, f.gated, f.bias, f.gated ? "gate_up_proj" : "up_proj", "down_proj");
  return p;
}

LayerParts parts(const MixtureOfExperts& f, int hidden) {
  const double h = hidden, experts = f.experts, width = f.latent > 0 ? f.latent : hidden;
  const double matrices = f.gated ? 3 : 2;

  LayerParts p;
  p.projections.push_back(
      {.name = "router", .out = experts, .in = h, .module = Module::router, .shard = Shard::replicated});
  p.small_params = f.extra_params + (f.router_bias ? experts : 0);
  if (f.latent > 0) {
    p.projections.push_back(
        {.name = "latent_down", .out = width, .in = h, .module = Module::mlp, .shard = Shard::replicated});
    p.projections.push_back(
        {.name = "latent_up", .out = h, .in = width, .module = Module::mlp, .shard = Shard::replicated});
    if (f.latent_norm) p.small_params += width;
  }
  p.experts = ExpertBank{.experts = experts,
                         .top_k = static_cast<double>(f.top_k),
                         .width = width,
                         .intermediate = static_cast<double>(f.intermediate),
                         .matrices = matrices,
                         .bias_params = f.expert_bias ? (matrices - 1) * f.intermediate + width : 0};
  if (f.shared_intermediate > 0) add_mlp(p, h, f.shared_intermediate, f.gated, false, "shared_gate_up", "shared_down");
  if (f.dense_intermediate > 0) add_mlp(p, h, f.dense_intermediate, f.gated, false, "gate_up_proj", "down_proj");
  if (f.shared_gate) p.small_params += h;
  return p;
}

}  // namespace roofcast
