#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace roofcast {

/// What a flag's values are: decides which suffixes mean something and whether values are whole.
enum class ValueKind {
  count,     ///< whole; Ki Mi Gi, k M G
  tokens,    ///< as count; a decimal suffix is worth a note, because 128k and 128Ki are mixed up often
  number,    ///< real; Ki Mi Gi, k M G
  fraction,  ///< real; "90%" is 0.9
  time,      ///< seconds; the unit us, ms or s must be written
};

/// A number as numerator / denominator, the denominator a power of ten: "0.5" is 5/10, "20ms" is 20/1000.
/// Ranges are walked in whole numerators, so that 0.1..0.9:0.1 has the value 0.3 and not 0.30000000000000004.
struct Literal {
  double numerator = 0;
  double denominator = 1;
  std::string note{};  ///< "128k is 128,000; 128Ki is 131,072", or empty

  [[nodiscard]] double value() const { return numerator / denominator; }
};

/// "4096", "32Ki", "1.5k", "90%", "20ms". No sign, no spaces, no "inf". The problem's text says what was expected.
[[nodiscard]] Result<Literal> parse_literal(std::string_view where, std::string_view text, ValueKind kind);

/// Whole numbers only (count, tokens).
[[nodiscard]] bool is_whole(ValueKind kind);

/// 131072 -> "131,072"; independent of the locale.
[[nodiscard]] std::string with_thousands(double whole);

/// (1,024, "token") -> "1,024 tokens", (1, "token") -> "1 token".
[[nodiscard]] std::string counted(double whole, std::string_view noun);

}  // namespace roofcast
