#pragma once

#include <string>
#include <vector>

#include "core/chart/chart.hpp"

namespace roofcast {

struct AxisTick {
  double value = 0;
  std::string text{};
};

struct AxisTicks {
  std::vector<AxisTick> labelled{};
  std::vector<double> minor{};  ///< lines without a text; none of the labelled ones
};

/// Where an axis that shows `low` to `high` (values, also on a logarithmic axis) says its value: 1, 2 or 5 times a
/// power of ten, whole powers where those are too many, powers of two with binary prefixes. At most `most` texts, and
/// one more where there would be fewer than two.
[[nodiscard]] AxisTicks axis_ticks(const ChartAxis& axis, double low, double high, int most);

/// "131072", "131k" or "128Ki", with just the decimals that tell ticks a `step` apart from each other.
[[nodiscard]] std::string tick_text(double value, TickText style, double step);

}  // namespace roofcast
