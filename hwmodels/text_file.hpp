#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "core/result.hpp"

namespace roofcast {

/// Profiles are a few kB; what is larger is not one.
inline constexpr std::size_t kMaxProfileBytes = 4u << 20;

/// The whole file, at most `max_bytes` of it: a larger one is an error, so that memory stays bounded.
[[nodiscard]] Result<std::string> read_text(const std::filesystem::path& file,
                                            std::size_t max_bytes = kMaxProfileBytes);

}  // namespace roofcast
