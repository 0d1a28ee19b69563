// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/drawing.hpp"
#include "gui/charts/pane_points.hpp"

namespace roofcast::gui {

/// The lines of the guides: below the curves, above bars.
[[nodiscard]] Drawing guide_lines(const ChartPane& pane, const PlotArea& area, const ChartTheme& theme);

/// Every text inside the plot: guides, ends of curves, regions, points; none over another.
/// What must be said (guides, ends) looks for its place before what may be left out (points).
[[nodiscard]] Drawing pane_labels(const ChartPane& pane, const std::vector<DrawnPoints>& points, const PlotArea& area,
                                  const ChartTheme& theme);

}  // namespace roofcast::gui
