#pragma once

#include <string>

#include "core/units.hpp"

/// Figures as the tables of this program show them. Quantities with prefixes: core/quantity_text.hpp.
namespace roofcast::cli {

/// "131,072 B": every digit, where bytes are exact.
[[nodiscard]] std::string exact_bytes(Bytes b);

/// "126", "1,517", "0.0312": three significant digits, whole numbers from 1,000 on.
[[nodiscard]] std::string short_number(double value);

/// "47.3%"
[[nodiscard]] std::string percent(double share);

/// Against something else: "x4.0", "x0.25" from a factor of two on, "+12.3%", "-8.1%", "same" below.
[[nodiscard]] std::string change(double ratio);

}  // namespace roofcast::cli
