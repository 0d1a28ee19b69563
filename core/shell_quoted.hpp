#pragma once

#include <string>
#include <string_view>

namespace roofcast {

/// In single quotes, for a POSIX shell.
[[nodiscard]] std::string single_quoted(std::string_view text);

/// A word as a POSIX shell reads it back: in quotes where a character means something to it.
[[nodiscard]] std::string shell_quoted(std::string_view word);

}  // namespace roofcast
