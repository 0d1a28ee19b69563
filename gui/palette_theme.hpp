// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

#include "gui/charts/chart_theme.hpp"

namespace roofcast::gui {

/// The light or the dark theme, whichever the palette is, on its colours and in the application's font.
[[nodiscard]] ChartTheme palette_theme(const QPalette& palette);
[[nodiscard]] bool is_dark(const QPalette& palette);

/// Palettes for those whose desktop has none: what View > Dark theme switches to.
[[nodiscard]] QPalette light_palette();
[[nodiscard]] QPalette dark_palette();

/// Red that is read on the palette's background.
[[nodiscard]] QColor problem_colour(const QPalette& palette);
[[nodiscard]] QColor good_colour(const QPalette& palette);

}  // namespace roofcast::gui
