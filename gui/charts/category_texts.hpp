// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "gui/charts/drawing.hpp"
#include "gui/charts/plot_area.hpp"

namespace roofcast::gui {

/// Names of bars below a plot: wrapped where they fit between their neighbours, upright where a word does not.
/// @pre pane.x is an axis of categories, for both
[[nodiscard]] double category_texts_height(const ChartPane& pane, double plot_width, const ChartTheme& theme);

/// `top`: where the texts begin, on the scene.
[[nodiscard]] std::vector<DrawnText> category_texts(const ChartPane& pane, const PlotArea& area, double top,
                                                    const ChartTheme& theme);

}  // namespace roofcast::gui
