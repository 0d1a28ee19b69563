#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace roofcast {

/// Cells of RFC 4180: shortest decimals that read back to the same double, no NaN or infinity (their
/// cell is empty), text quoted only where it must be.
void append_cell(std::string& out, double value);
void append_cell(std::string& out, std::string_view text);
void append_cell(std::string& out, const std::optional<double>& value);

}  // namespace roofcast
