#pragma once

#include <cmath>
#include <numbers>

namespace roofcast {

/// Share of a normal law that lies below `x` standard deviations from its mean.
[[nodiscard]] inline double normal_share_below(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}

}  // namespace roofcast
