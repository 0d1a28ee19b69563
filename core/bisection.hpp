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

/// Neighbours around the place where something changes.
struct Crossing {
  double low = 0;   ///< before it
  double high = 0;  ///< behind it
};

/// Where in [low, high] `before`, which is true up to some value and false after, changes; `relative` to the value.
template <class Before>
[[nodiscard]] Crossing crossing(double low, double high, double relative, Before before) {
  while (high - low > relative * high) {
    const double middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;  // neighbouring doubles
    (before(middle) ? low : high) = middle;
  }
  return {.low = low, .high = high};
}

}  // namespace roofcast
