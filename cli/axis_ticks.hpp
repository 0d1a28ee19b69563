#pragma once

#include <string>
#include <vector>

#include "core/chart/chart.hpp"

namespace roofcast::cli {

/// The values that an axis spans.
struct AxisSpan {
  double least = 0;
  double most = 1;
  AxisScale scale = AxisScale::linear;

  /// Where a value stands: 0 at the least, 1 at the most.
  [[nodiscard]] double place(double value) const;
  /// The value at a place.
  [[nodiscard]] double value(double place) const;
};

/// A mark of an axis with its text.
struct AxisTick {
  double at = 0;
  std::string text{};
};

/// At most `most` ticks inside the span: powers of ten (of two for binary prefixes), with 2 and 5 between them where
/// there is room; even steps on a linear axis.
[[nodiscard]] std::vector<AxisTick> axis_ticks(const AxisSpan& span, TickText text, int most);

/// 131072 as "131072", "131k" or "128Ki".
[[nodiscard]] std::string tick_text(double value, TickText text);

}  // namespace roofcast::cli
