// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chart/chart.hpp"
#include "gui/charts/drawing.hpp"

namespace roofcast::gui {

/// Every look that a series of the figure has, once, in rows of at most `width` from `top_left` on; many of
/// them are smaller.
[[nodiscard]] Drawing legend(const Figure& figure, QPointF top_left, double width, const ChartTheme& theme);

/// Height of what `drawing` covers below `top`; 0 when it is empty.
[[nodiscard]] double height_below(const Drawing& drawing, double top);

}  // namespace roofcast::gui
