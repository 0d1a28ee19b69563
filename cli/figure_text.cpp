#include "cli/figure_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/value_literal.hpp"

namespace roofcast::cli {

std::string exact_bytes(Bytes b) {
  return with_thousands(b.in(units::byte)) + " B";
}

std::string short_number(double value) {
  if (std::abs(value) >= 999.5) return with_thousands(std::round(value));
  if (value == 0) return "0";
  const int digits = std::clamp(2 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 6);
  return fmt::format("{:.{}f}", value, digits);
}

std::string percent(double share) {
  return fmt::format("{:.1f}%", 100 * share);
}

std::string change(double ratio) {
  if (ratio >= 99.95) return "x" + short_number(ratio);
  if (ratio >= 2) return fmt::format("x{:.1f}", ratio);
  if (ratio <= 0.5) return fmt::format("x{:.3g}", ratio);
  const double percents = 100 * (ratio - 1);
  return std::abs(percents) < 0.05 ? "same" : fmt::format("{:+.1f}%", percents);
}

}  // namespace roofcast::cli
