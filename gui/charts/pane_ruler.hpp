// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/drawing.hpp"
#include "gui/charts/pane_points.hpp"

namespace roofcast::gui {

/// The line from a point up or down to what its ruler measures it against, with the gap in words beside it. Empty for a
/// point without a ruler or out of the window.
[[nodiscard]] Drawing point_ruler(const ChartPane& pane, PointPlace place, const PlotArea& area,
                                  const ChartTheme& theme);

}  // namespace roofcast::gui
