#pragma once

/// Limits that pass smoothly from one to the other: kernels do not switch at one point for every block,
/// and a fit needs slopes. Each is monotone in every argument; all arguments are positive.

#include <cmath>

namespace roofcast {

/// (a^4 + b^4)^(1/4): the larger one, up to 19% more where both are equal.
[[nodiscard]] inline double soft_most(double a, double b) {
  const double a2 = a * a, b2 = b * b;
  return std::sqrt(std::sqrt(a2 * a2 + b2 * b2));
}

/// (a^-4 + b^-4 + c^-4)^(-1/4): the smallest one, down to 24% less where all are equal.
[[nodiscard]] inline double soft_least(double a, double b, double c) {
  const double a2 = 1 / (a * a), b2 = 1 / (b * b), c2 = 1 / (c * c);
  return 1 / std::sqrt(std::sqrt(a2 * a2 + b2 * b2 + c2 * c2));
}

/// (a^2.5 + b^2.5 + c^2.5)^0.4: engines that work at the same time and get in each other's way a little.
[[nodiscard]] inline double overlapped(double a, double b, double c) {
  const auto power = [](double x) { return x * x * std::sqrt(x); };
  return std::pow(power(a) + power(b) + power(c), 0.4);
}

}  // namespace roofcast
