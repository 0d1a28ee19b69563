// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/charts/drawing.hpp"
#include "gui/charts/plot_area.hpp"

/// What surrounds the curves of a pane: titles, grid, ticks with their texts.
namespace roofcast::gui {

/// Room for the texts of the y axis: panes below each other take the widest, so that their plots line up.
[[nodiscard]] double y_texts_width(const ChartPane& pane, const AxisWindow& window, double plot_height,
                                   const ChartTheme& theme);

/// The plot inside the room `outer` of a pane, given the width of the texts left of it.
[[nodiscard]] QRectF plot_rect(const ChartPane& pane, const QRectF& outer, double y_texts, const ChartTheme& theme);

/// Ground, regions and grid: below the curves.
[[nodiscard]] Drawing pane_ground(const ChartPane& pane, const PlotArea& area, const ChartTheme& theme);

/// Titles and the texts of ticks, around the plot. `outer` is the room of the pane.
[[nodiscard]] Drawing pane_texts(const ChartPane& pane, const PlotArea& area, const QRectF& outer,
                                 const ChartTheme& theme);

}  // namespace roofcast::gui
