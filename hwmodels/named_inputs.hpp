#pragma once

#include <string>
#include <string_view>

#include "core/device.hpp"
#include "core/model_spec.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// MODEL and --hardware: a preset name, or the path of a file. A word with a path separator or a file
/// ending that names something existing is a path; any other word is a preset first, so that a folder of
/// the same name in the working directory changes nothing.
[[nodiscard]] Result<ModelSpec> named_model(const PresetRoots& roots, const std::string& word);
[[nodiscard]] Result<Device> named_device(const PresetRoots& roots, const std::string& word);

/// ".json", ".gguf", ".safetensors": a path, whether it exists or not.
[[nodiscard]] bool has_file_ending(std::string_view word);
/// Hugging Face ids have a slash too: without a file ending only what exists is a path.
[[nodiscard]] bool is_path(const std::string& word);

}  // namespace roofcast
