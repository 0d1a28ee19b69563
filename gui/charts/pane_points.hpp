// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <cstddef>
#include <optional>
#include <vector>

#include "gui/charts/drawn_points.hpp"
#include "gui/charts/plot_area.hpp"

namespace roofcast::gui {

/// A point by its place in the pane's description.
struct PointPlace {
  std::size_t series = 0;
  std::size_t index = 0;

  friend bool operator==(const PointPlace&, const PointPlace&) = default;
};

/// A bar of a stack as it stands on the scene.
struct DrawnBar {
  QRectF box{};
  PointPlace place{};
};

/// Per series what its axes can show.
[[nodiscard]] std::vector<DrawnPoints> pane_points(const ChartPane& pane);

/// Stacked in the order of the series, one stack per category; cut at the window.
[[nodiscard]] std::vector<DrawnBar> pane_bars(const ChartPane& pane, const PlotArea& area);

[[nodiscard]] bool has_bars(const ChartPane& pane);

/// Diameter of a point's mark: its area goes with the weight where the series has weights.
[[nodiscard]] double mark_diameter(const ChartSeries& series, const ChartPoint& point);
[[nodiscard]] bool is_weighted(const ChartSeries& series);

/// Where a point is on the scene; the middle of its bar. Nothing where it is out of the window.
[[nodiscard]] std::optional<QPointF> point_pixel(const ChartPane& pane, PointPlace place, const PlotArea& area);

/// The point nearest to `pixel`, at most `reach` away, or the bar under it.
[[nodiscard]] std::optional<PointPlace> point_at(const ChartPane& pane, const std::vector<DrawnPoints>& points,
                                                 const PlotArea& area, QPointF pixel, double reach);

}  // namespace roofcast::gui
