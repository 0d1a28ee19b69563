#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "core/model_spec.hpp"
#include "core/result.hpp"

namespace roofcast {

/// A model from the text of a Hugging Face config.json, and of hf_quant_config.json where there is one.
/// `origin` names the file in errors and, where it says something, the model. What the file leaves open is
/// listed in the model's `notes`; what would leave the cache or the weights uncertain is an error, never a
/// guess.
[[nodiscard]] Result<ModelSpec> import_hf_config(std::string_view config_text,
                                                 std::optional<std::string_view> hf_quant_config_text,
                                                 std::string_view origin);

/// The same from a file of any name, or from a folder with a config.json. Quantisation settings are taken
/// from hf_quant_config.json beside it (beside X_config.json: X_hf_quant_config.json).
[[nodiscard]] Result<ModelSpec> load_hf_config(const std::filesystem::path& path);

}  // namespace roofcast
