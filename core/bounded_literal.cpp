#include "core/bounded_literal.hpp"

#include <fmt/format.h>

namespace roofcast {

std::string bounds_text(const Bounds& bounds) {
  if (bounds.max == std::numeric_limits<double>::infinity()) return fmt::format("at least {}", bounds.min);
  return fmt::format("between {} and {}", bounds.min, bounds.max);
}

Result<Literal> bounded_literal(std::string_view where, std::string_view text, ValueKind kind, const Bounds& bounds) {
  auto literal = parse_literal(where, text, kind);
  if (literal && !bounds.hold(literal->value()))
    return usage_error(std::string{where}, fmt::format("'{}': expected {}", text, bounds_text(bounds)));
  return literal;
}

}  // namespace roofcast
