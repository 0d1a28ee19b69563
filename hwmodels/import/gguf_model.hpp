#pragma once

#include <string>

#include "core/model_spec.hpp"
#include "core/result.hpp"
#include "hwmodels/import/gguf_header.hpp"

namespace roofcast {

/// The model that a GGUF header describes: dimensions from the metadata, held against the shape of the
/// tensors, so that parameters and bytes are exactly the file's. Unknown architectures, windows and
/// tensors are errors. `origin` labels errors and names the model where the file does not.
[[nodiscard]] Result<ModelSpec> gguf_model(const GgufHeader& header, const std::string& origin);

}  // namespace roofcast
