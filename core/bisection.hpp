#pragma once

#include <cmath>

namespace roofcast {

/// Largest whole number in [low, high] for which `holds`, which is true up to some point and false after; low - 1 when
/// it never is.
template <class Holds>
[[nodiscard]] double last_true(double low, double high, Holds holds) {
  if (!holds(low)) return low - 1;
  while (high - low > 0.5) {
    const double middle = std::floor((low + high + 1) / 2);
    if (middle > high) break;
    if (holds(middle))
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

}  // namespace roofcast
