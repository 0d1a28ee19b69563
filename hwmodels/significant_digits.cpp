#include "hwmodels/significant_digits.hpp"

#include <cmath>

namespace roofcast {

double to_digits(double value, int digits) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double step = std::pow(10.0, std::floor(std::log10(std::abs(value))) - (digits - 1));
  // Below 1 the step is a fraction that no double hits: divide by its whole inverse instead.
  return step < 1 ? std::round(value / step) / std::round(1 / step) : std::round(value / step) * step;
}

}  // namespace roofcast
