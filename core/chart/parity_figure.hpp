#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/chart/chart.hpp"
#include "core/chart/throughput_figure.hpp"

namespace roofcast {

/// One measured value and what was predicted for it, both in the unit of its pane.
struct ParityPoint {
  std::string pane{};     ///< what was measured, with the unit: "kernel time, us"
  std::string variant{};  ///< its series: "decode_attention GQA"
  double measured = 0;
  double predicted = 0;
  std::optional<double> low{};
  std::optional<double> high{};
  Grade grade = Grade::theoretical;
  std::string text{};

  friend bool operator==(const ParityPoint&, const ParityPoint&) = default;
};

/// Predicted against measured, a pane for each measured figure: a mark per row, the diagonal, and a band of
/// `tolerance` around it. Footnotes have the median error, the share inside the band and inside the interval.
[[nodiscard]] Figure parity_figure(std::span<const ParityPoint> points, const ChartSubject& subject,
                                   double tolerance = 0.2);

}  // namespace roofcast
