// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chart/chart.hpp"
#include "gui/charts/drawing.hpp"

/// What surrounds the panes of a figure.
namespace roofcast::gui {

struct FigureFrame {
  Drawing drawing{};
  QRectF panes{};  ///< the room left
};

/// Title, badge of the grade, subtitle and legend above, footnotes below, in a picture of `size`.
[[nodiscard]] FigureFrame figure_frame(const Figure& figure, const std::vector<std::string>& footnotes, QSizeF size,
                                       const ChartTheme& theme);

}  // namespace roofcast::gui
