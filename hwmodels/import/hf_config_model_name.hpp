#pragma once

#include <string>
#include <string_view>

#include "core/model_spec.hpp"

namespace roofcast::hf {

/// Sets id, name and aliases from the file's place: "org--Model_config.json", "models--org--Model/...",
/// "Model/config.json" or "Model.json", else from `name_or_path`, else from the architecture.
void name_model(std::string_view origin, std::string_view name_or_path, ModelSpec& model);

/// The file of quantisation settings that belongs to a config file: "hf_quant_config.json" beside
/// "config.json", "X_hf_quant_config.json" beside "X_config.json".
[[nodiscard]] std::string paired_quant_name(std::string_view origin);

}  // namespace roofcast::hf
