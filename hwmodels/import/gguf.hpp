#pragma once

#include <filesystem>

#include "core/model_spec.hpp"
#include "core/result.hpp"

namespace roofcast {

/// The model of a GGUF file (version 2 or 3, little-endian), all parts of a split one: dimensions, cache
/// and the exact bytes of its tensors. Only headers are read. docs/model/memory.md (M2).
[[nodiscard]] Result<ModelSpec> load_gguf(const std::filesystem::path& file);

}  // namespace roofcast
