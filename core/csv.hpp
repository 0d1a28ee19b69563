#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace roofcast {

/// Most characters of a number, and room for what is written behind it on the way.
inline constexpr std::size_t kLongestNumber = 48;

/// Writes the number's cell to `to`, which has room for kLongestNumber characters; returns its end. @pre it is finite.
[[nodiscard]] char* write_number(double value, char* to);

/// Would a cell of it be quoted?
[[nodiscard]] bool needs_quotes(std::string_view text);

/// Cells of RFC 4180: shortest decimals that read back to the same double, no NaN or infinity (their
/// cell is empty), text quoted only where it must be.
void append_cell(std::string& out, double value);
void append_cell(std::string& out, std::string_view text);
void append_cell(std::string& out, const std::optional<double>& value);

}  // namespace roofcast
