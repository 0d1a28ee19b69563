#include <algorithm>

#include <fmt/format.h>

#include "hwmodels/import/gguf_layer.hpp"

namespace roofcast {
namespace {

/// Per-expert tensors of older files: "ffn_down.0.weight", "ffn_down.1.weight", ...
int separate_experts(const GgufBlock& block) {
  int n = 0;
  while (block.has(fmt::format("ffn_down.{}.weight", n))) ++n;
  return n;
}

Ffn mixture(const GgufLayer& layer, int separate) {
  const auto& block = layer.block;
  const std::string down = separate > 0 ? "ffn_down.0.weight" : "ffn_down_exps.weight";
  const int experts = separate > 0 ? separate : layer.dim(down, 2);
  if (experts != layer.dims.experts)
    layer.add(down, fmt::format("{} experts, expected {} from expert_count", experts, layer.dims.experts));
  const int top_k = layer.dims.experts_used[layer.index()];
  if (top_k < 1 || top_k > experts)
    layer.add(down, fmt::format("expert_used_count is {}, expected 1 to {}", top_k, experts));

  const int width = layer.dim(down, 1);
  const bool latent = block.has("ffn_latent_down.weight") || block.has("ffn_latent_up.weight");
  if (!latent && width != layer.dims.hidden)
    layer.add(down, fmt::format("experts of width {}, expected embedding_length {}", width, layer.dims.hidden));
  return MixtureOfExperts{
      .experts = experts,
      .top_k = top_k,
      .intermediate = layer.dim(down, 0),
      .shared_intermediate = block.has("ffn_down_shexp.weight") ? layer.dim("ffn_down_shexp.weight", 0) : 0,
      .dense_intermediate =
          layer.architecture.dense_beside_experts && block.has("ffn_down.weight") ? layer.dim("ffn_down.weight", 0) : 0,
      .latent = latent ? width : 0,
      .gated =
          block.has("ffn_gate_exps.weight") || block.has("ffn_gate_up_exps.weight") || block.has("ffn_gate.0.weight"),
      .expert_bias = block.has("ffn_down_exps.bias"),
      .router_bias = block.has("ffn_gate_inp.bias") || block.has("exp_probs_b.bias"),
      .shared_gate = block.has("ffn_gate_inp_shexp.weight"),
  };
}

Ffn dense(const GgufLayer& layer) {
  const auto& block = layer.block;
  const int intermediate = layer.dim("ffn_down.weight", 0);
  const int stated = layer.dims.feed_forward[layer.index()];
  if (stated > 0 && stated != intermediate)
    layer.add("ffn_down.weight", fmt::format("{} columns, expected {} from feed_forward_length", intermediate, stated));
  // Phi-3 and GLM-4 store gate and up as one matrix.
  const auto* up = block.find("ffn_up.weight");
  const auto one = static_cast<std::uint64_t>(layer.dims.hidden) * static_cast<std::uint64_t>(intermediate);
  return DenseFfn{.intermediate = intermediate,
                  .gated = block.has("ffn_gate.weight") || (up != nullptr && up->elements == 2 * one),
                  .bias = block.has("ffn_down.bias")};
}

}  // namespace

Ffn gguf_ffn(const GgufLayer& layer) {
  const int separate = separate_experts(layer.block);
  if (separate > 0 || layer.block.has("ffn_down_exps.weight")) return mixture(layer, separate);
  if (layer.block.has("ffn_down.weight")) return dense(layer);
  return NoFfn{};
}

}  // namespace roofcast
