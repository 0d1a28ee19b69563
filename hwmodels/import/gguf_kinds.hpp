#pragma once

#include <string>

#include "core/model_spec.hpp"
#include "core/result.hpp"
#include "hwmodels/import/gguf_dims.hpp"
#include "hwmodels/import/gguf_tensors.hpp"

namespace roofcast {

/// Fills `model.kinds` and `model.layers` from the blocks, one kind for all layers that are alike.
/// Every block's matrices must hold exactly the weights that its mixer and FFN have.
void add_gguf_layers(const GgufTensorIndex& index, const GgufArchitecture& architecture, const GgufDims& dims,
                     const std::string& origin, ModelSpec& model, Errors& errors);

}  // namespace roofcast
