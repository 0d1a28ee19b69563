#include "hwmodels/import/hf_config_ffn.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "hwmodels/import/hf_config_sparse_layers.hpp"

namespace roofcast::hf {
namespace {

constexpr CountRange kExperts{1, 100'000};
constexpr CountRange kMaybe{0, 1'000'000};

int expert_width(const Config& config, const Draft& draft) {
  if (const auto width = config.text.count({"moe_intermediate_size", "expert_ffn_hidden_size"})) return *width;
  if (config.traits.experts_use_inner) return inner_width(config, draft);
  return config.text.required({"moe_intermediate_size", "expert_ffn_hidden_size"});
}

/// Width of all shared experts of a layer together: an explicit width, else the routed experts' width,
/// times their number.
int shared_width(const Config& config, int expert_width) {
  const auto number = config.text.count({"n_shared_experts", "num_shared_experts", "moe_num_shared_experts"}, kMaybe);
  const auto width = config.text.count({"shared_expert_intermediate_size", "moe_shared_expert_intermediate_size",
                                        "shared_intermediate_size", "share_expert_dim"},
                                       kMaybe);
  const int one = config.traits.shared_always ? 1 : 0;
  const std::int64_t total =
      width ? std::int64_t{*width} * number.value_or(1) : std::int64_t{expert_width} * number.value_or(one);
  if (total > 1'000'000'000) {
    config.error("n_shared_experts", fmt::format("shared experts {} wide together", total));
    return 0;
  }
  return static_cast<int>(total);
}

}  // namespace

int inner_width(const Config& config, const Draft& draft) {
  const Aliases names{"intermediate_size", "n_inner", "ffn_dim", "ffn_hidden_size", "inner_hidden_size"};
  const bool stated = std::ranges::any_of(names, [&](auto key) { return config.text.has(key); });
  return !stated && config.traits.inner_default ? 4 * draft.hidden : config.text.required(names);
}

DenseFfn dense_ffn(const Config& config, int width) {
  return {.intermediate = width,
          .gated = config.traits.gated,
          .bias = config.text.flag(config.traits.mlp_bias.key, config.traits.mlp_bias.fallback)};
}

std::optional<MixtureOfExperts> mixture_of_experts(const Config& config, const Draft& draft) {
  const int experts =
      config.text.count({"num_experts", "moe_num_experts", "n_routed_experts", "num_local_experts"}, {0, kExperts.max})
          .value_or(0);
  if (experts == 0) return std::nullopt;

  const int width = expert_width(config, draft);
  MixtureOfExperts moe{
      .experts = experts,
      .top_k = config.text.required({"num_experts_per_tok", "num_experts_per_token", "top_k_experts", "moe_topk",
                                     "moe_top_k", "moe_k", "experts_per_token"},
                                    kExperts),
      .intermediate = width,
      .shared_intermediate = shared_width(config, width),
      .latent = config.text.count({"moe_latent_size", "routed_expert_hidden_size"}, {0, kHidden.max}).value_or(0),
      .gated = config.traits.gated,
      .expert_bias = config.traits.expert_bias,
      .router_bias = config.traits.router_bias,
      .shared_gate = config.traits.shared_gate,
      .latent_norm = config.text.flag("latent_moe_use_norm", false)};
  moe.shared_gate = moe.shared_gate && moe.shared_intermediate > 0;
  if (moe.top_k > moe.experts)
    config.contradiction("num_experts_per_tok", fmt::format("{} experts per token of only {}", moe.top_k, moe.experts));
  return moe;
}

FeedForward feed_forward(const Config& config, const Draft& draft, int layers) {
  FeedForward ffn;
  if (const auto moe = mixture_of_experts(config, draft)) {
    ffn.moe = *moe;
    ffn.sparse = sparse_layers(config, layers);
  } else {
    ffn.sparse.assign(static_cast<std::size_t>(layers), false);
  }
  if (std::ranges::find(ffn.sparse, false) != ffn.sparse.end()) {
    const auto width = config.text.count({"dense_intermediate_size", "intermediate_size_mlp"});
    ffn.dense = dense_ffn(config, width ? *width : inner_width(config, draft));
  }
  return ffn;
}

}  // namespace roofcast::hf
