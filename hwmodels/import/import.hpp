#pragma once

#include <filesystem>

#include "core/model_spec.hpp"
#include "core/result.hpp"

namespace roofcast {

/// The model at `path`: a GGUF file, a Roofcast profile, a Hugging Face config.json (with the safetensors
/// files or the index beside it, when they are there), or a folder with one of these. Where a folder holds
/// several models, or none, that is the error: nothing is guessed. Only regular files are opened.
[[nodiscard]] Result<ModelSpec> import_model(const std::filesystem::path& path);

}  // namespace roofcast
