// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QPen>

#include "core/chart/chart.hpp"
#include "gui/charts/chart_theme.hpp"
#include "gui/charts/drawing.hpp"

namespace roofcast::gui {

inline constexpr double kMarkDiameter = 8;

/// Circle, square, triangle, diamond, triangle down, pentagon, star, hexagon: all of about the same area;
/// from the ninth on again, one shape ahead.
[[nodiscard]] QPainterPath mark_shape(int mark, QPointF centre, double diameter);

/// A filled or hollow mark as it stands in the plot and in the legend.
[[nodiscard]] DrawnPath drawn_mark(const ChartSeries& series, const ChartTheme& theme, QPointF centre, double diameter);

[[nodiscard]] bool has_line(const ChartSeries& series);
[[nodiscard]] bool has_marks(const ChartSeries& series);
[[nodiscard]] QPen line_pen(const ChartSeries& series, const ChartTheme& theme);
[[nodiscard]] Qt::PenStyle pen_style(SeriesStroke stroke);

}  // namespace roofcast::gui
