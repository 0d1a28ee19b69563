#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/model_spec.hpp"
#include "core/result.hpp"

namespace roofcast {

/// Parses and validates a model profile ("roofcast/model/1", docs/profiles.md). `origin` only labels the
/// errors. Reports all problems at once.
[[nodiscard]] Result<ModelSpec> parse_model(std::string_view text, std::string_view origin);
/// The only function here that touches a file.
[[nodiscard]] Result<ModelSpec> load_model(const std::filesystem::path& file);

/// The profile of a model: `parse_model(model_json(m), ...)` is `m`.
[[nodiscard]] std::string model_json(const ModelSpec& model);

}  // namespace roofcast
