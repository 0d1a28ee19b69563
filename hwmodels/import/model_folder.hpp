#pragma once

#include <filesystem>

#include "core/result.hpp"

namespace roofcast {

/// The one file of a folder that describes its model: a GGUF file (the first part of a split one), a
/// config.json, or a Roofcast profile. Several or none are an error that lists what is there. Folders
/// inside it are not entered.
[[nodiscard]] Result<std::filesystem::path> model_file(const std::filesystem::path& folder);

}  // namespace roofcast
