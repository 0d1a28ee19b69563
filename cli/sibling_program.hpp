#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace roofcast::cli {

/// A program that is installed or built with this one: in `folder`, where this one is, or in a folder of `path` (as
/// $PATH). nullopt: there is none.
[[nodiscard]] std::optional<std::filesystem::path> sibling_program(std::string_view name,
                                                                   const std::filesystem::path& folder,
                                                                   std::string_view path);

/// The same for this program, with the environment's PATH.
[[nodiscard]] std::optional<std::filesystem::path> sibling_program(std::string_view name);

[[nodiscard]] bool is_program(const std::filesystem::path& file);

}  // namespace roofcast::cli
