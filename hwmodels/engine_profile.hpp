#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/engine.hpp"
#include "core/result.hpp"

namespace roofcast {

/// Parses and validates an engine profile ("roofcast/engine/1", docs/profiles.md). `origin` only labels
/// the errors. Reports all problems at once.
[[nodiscard]] Result<Engine> parse_engine(std::string_view text, std::string_view origin);
/// The only function here that touches a file.
[[nodiscard]] Result<Engine> load_engine(const std::filesystem::path& file);

/// The profile of an engine: `parse_engine(engine_json(e), ...)` is `e`.
[[nodiscard]] std::string engine_json(const Engine& engine);

}  // namespace roofcast
