// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <cstddef>
#include <vector>

#include "gui/charts/axis_window.hpp"

namespace roofcast::gui {

/// More marks than this in a series make a cloud: small dots, one path.
inline constexpr std::size_t kCloud = 2'000;
/// No eye tells more points apart, and drawing them takes seconds.
inline constexpr std::size_t kMostDrawn = 50'000;

/// A point of a series that its axes can show, in positions of the axes.
struct DrawnPoint {
  QPointF at{};
  double low = 0;  ///< NaN without an interval
  double high = 0;
  std::size_t index = 0;  ///< in ChartSeries::points
};

struct DrawnPoints {
  std::vector<DrawnPoint> points{};
  std::size_t not_showable = 0;  ///< zero or less on a logarithmic axis, NaN
  std::size_t thinned_from = 0;  ///< showable points, where only some are drawn; else 0
};

/// Extremes are kept when a series is thinned: of each run of neighbours, the lowest and the highest.
[[nodiscard]] DrawnPoints drawn_points(const ChartSeries& series, const AxisWindow& x, const AxisWindow& y,
                                       std::size_t most = kMostDrawn);

/// What the picture leaves out, in words for its footnotes.
[[nodiscard]] std::vector<std::string> omissions(const Figure& figure);

}  // namespace roofcast::gui
