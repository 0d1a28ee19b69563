#pragma once

#include <limits>
#include <string>
#include <string_view>

#include "core/value_literal.hpp"

namespace roofcast {

/// Both ends are allowed values.
struct Bounds {
  double min = 0;
  double max = std::numeric_limits<double>::infinity();

  [[nodiscard]] constexpr bool hold(double value) const { return min <= value && value <= max; }
};

/// "at least 1", "between 0 and 1"
[[nodiscard]] std::string bounds_text(const Bounds& bounds);

/// A literal inside the bounds. Errors: usage errors at `where`.
[[nodiscard]] Result<Literal> bounded_literal(std::string_view where, std::string_view text, ValueKind kind,
                                              const Bounds& bounds);

}  // namespace roofcast
