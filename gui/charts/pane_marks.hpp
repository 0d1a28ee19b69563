// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/drawing.hpp"
#include "gui/charts/pane_points.hpp"

namespace roofcast::gui {

/// Bars, marks and a cross where a labelled curve with marks ends (a roof without marks has no end). Marks on a line
/// stand apart from each other: they tell curves from each other, they are not the samples. More than kCloud points are
/// dots.
[[nodiscard]] Drawing pane_marks(const ChartPane& pane, const std::vector<DrawnPoints>& points, const PlotArea& area,
                                 const ChartTheme& theme);

/// A ring around points that are hovered or pinned.
[[nodiscard]] Drawing point_rings(const ChartPane& pane, const std::vector<PointPlace>& places, const PlotArea& area,
                                  const ChartTheme& theme);

}  // namespace roofcast::gui
