// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chart/chart.hpp"
#include "gui/charts/drawing.hpp"

namespace roofcast::gui {

/// Every look that a series of the figure has, once, in rows inside `room`; many of them are smaller. Where there are
/// more than rows, the last entry says how many: "and 7 more". One row is drawn however low the room is.
[[nodiscard]] Drawing legend(const Figure& figure, const QRectF& room, const ChartTheme& theme);

/// Height of what `drawing` covers below `top`; 0 when it is empty.
[[nodiscard]] double height_below(const Drawing& drawing, double top);

}  // namespace roofcast::gui
