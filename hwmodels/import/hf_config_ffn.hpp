#pragma once

#include <cstddef>
#include <vector>

#include "hwmodels/import/hf_config_draft.hpp"

namespace roofcast::hf {

/// The feed-forward parts of a model: which layers hold experts, and both shapes.
struct FeedForward {
  std::vector<bool> sparse{};  ///< per layer
  DenseFfn dense{};
  MixtureOfExperts moe{};

  [[nodiscard]] Ffn at(std::size_t layer) const { return sparse[layer] ? Ffn{moe} : Ffn{dense}; }
};

/// Reads the dense and the expert keys under all their names.
[[nodiscard]] FeedForward feed_forward(const Config& config, const Draft& draft, int layers);

/// `intermediate_size` under any of its names.
[[nodiscard]] int inner_width(const Config& config, const Draft& draft);

/// The dense MLP of that width.
[[nodiscard]] DenseFfn dense_ffn(const Config& config, int width);

/// The experts of one layer; nullopt where the model is dense.
[[nodiscard]] std::optional<MixtureOfExperts> mixture_of_experts(const Config& config, const Draft& draft);

}  // namespace roofcast::hf
