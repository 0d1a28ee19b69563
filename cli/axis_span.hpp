#pragma once

#include <cmath>

#include "core/chart/chart.hpp"

namespace roofcast::cli {

/// The values that an axis spans. @pre least < most; above zero on a logarithmic scale.
struct AxisSpan {
  double least = 0;
  double most = 1;
  AxisScale scale = AxisScale::linear;

  /// Where a value stands: 0 at the least, 1 at the most.
  [[nodiscard]] double place(double value) const {
    return scale == AxisScale::logarithmic ? std::log(value / least) / std::log(most / least)
                                           : (value - least) / (most - least);
  }
};

}  // namespace roofcast::cli
