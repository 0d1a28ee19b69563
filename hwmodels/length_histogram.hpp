#pragma once

#include <filesystem>

#include "core/length_distribution.hpp"

namespace roofcast {

/// A CSV with the columns `tokens` and `count`: how many requests had prompts or answers of this length.
[[nodiscard]] Result<LengthDistribution> load_length_histogram(const std::filesystem::path& file);

}  // namespace roofcast
