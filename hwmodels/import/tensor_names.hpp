#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "hwmodels/import/tensor_sums.hpp"

namespace roofcast {

/// What a tensor of a Hugging Face checkpoint is part of, by its name and shape: "model.layers.0.mlp.
/// experts.3.up_proj.weight" is experts. Layers from `layers` on are multi-token prediction; vectors and
/// names that say nothing are `small`.
[[nodiscard]] TensorRole checkpoint_role(std::string_view name, const std::vector<std::uint64_t>& shape, int layers);

/// The layer of the language model that a tensor is in: 3 of "model.layers.3.mlp.up_proj.weight"; none in towers.
[[nodiscard]] std::optional<int> language_layer(std::string_view name);

/// Scales, zero points and group indices: bytes of their matrix, but no weights of their own.
[[nodiscard]] bool is_quantisation_data(std::string_view name);

}  // namespace roofcast
