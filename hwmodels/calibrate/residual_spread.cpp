#include "hwmodels/calibrate/residual_spread.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace roofcast {
namespace {

/// 95% quantile of Student's law: the first terms of its Cornish-Fisher expansion, 0.5% too small with 5 degrees.
double student_95(double degrees) {
  constexpr double z = 1.6448536, z3 = z * z * z, z5 = z3 * z * z;
  return z + (z3 + z) / (4 * degrees) + (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees * degrees);
}

ResidualSpread of_few(const std::vector<double>& scaled) {
  const auto count = static_cast<double>(scaled.size());
  double squares = 0;
  for (const double value : scaled) squares += value * value;
  const double reach = student_95(count) * std::sqrt(squares / count * (1 + 1 / count));
  return {.low = -reach, .high = reach};
}

}  // namespace

ResidualSpread residual_spread(const std::vector<UnseenResidual>& residuals) {
  constexpr double kTail = 0.05;
  std::vector<double> scaled;
  for (const auto& r : residuals) scaled.push_back(r.ln_ratio / r.scale);
  if (scaled.size() < kFewestForQuantiles) return of_few(scaled);
  std::ranges::sort(scaled);
  const auto last = static_cast<double>(scaled.size() - 1);
  const auto at = [&](double share) {
    const double place = std::clamp(share * (last + 2) - 1, 0.0, last);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, scaled.size() - 1);
    return scaled[below] + (place - static_cast<double>(below)) * (scaled[above] - scaled[below]);
  };
  return {.low = std::min(0.0, at(kTail)), .high = std::max(0.0, at(1 - kTail))};
}

}  // namespace roofcast
