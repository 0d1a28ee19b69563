// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "gui/charts/pane_points.hpp"

namespace roofcast::gui {

/// A step of the keyboard over the points of a pane: along a curve, or to the next one.
enum class WalkStep { left, right, first, last, up, down };

/// Where the step from `from` leads; nothing where there is no point that way. Only points in the window are reached.
/// Up and down go to the curve that is next at this place, beside it where they are equally high, so that every curve
/// is reached. Roofs and trails, which no legend names, are passed over.
[[nodiscard]] std::optional<PointPlace> walked(const ChartPane& pane, const std::vector<DrawnPoints>& points,
                                               const PlotArea& area, PointPlace from, WalkStep step);

/// Where a walk begins, or goes on from another pane: the point nearest to `x` pixels of the lowest or highest curve.
[[nodiscard]] std::optional<PointPlace> walk_entry(const ChartPane& pane, const std::vector<DrawnPoints>& points,
                                                   const PlotArea& area, double x, bool lowest);

}  // namespace roofcast::gui
