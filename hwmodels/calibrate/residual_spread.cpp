#include "hwmodels/calibrate/residual_spread.hpp"

#include <algorithm>
#include <cstddef>

namespace roofcast {

ResidualSpread residual_spread(const std::vector<UnseenResidual>& residuals) {
  constexpr double kTail = 0.05;
  std::vector<double> scaled;
  for (const auto& r : residuals) scaled.push_back(r.ln_ratio / r.scale);
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
