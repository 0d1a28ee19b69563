#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roofcast::cli {

/// Columns that UTF-8 text takes in a terminal: East Asian wide characters and emoji 2, combining marks and
/// colour sequences 0. Own table: wcwidth depends on the locale, and output must not.
[[nodiscard]] int display_width(std::string_view text);

/// The longest prefix of at most `columns` columns, whole characters only.
[[nodiscard]] std::string_view prefix_of_width(std::string_view text, int columns);

/// Broken at spaces into lines of at most `columns` columns; a longer word is cut. At least one line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, int columns);

}  // namespace roofcast::cli
