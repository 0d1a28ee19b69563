// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSize>
#include <filesystem>

#include "core/chart/chart.hpp"
#include "core/result.hpp"
#include "gui/charts/chart_theme.hpp"

namespace roofcast::gui {

inline constexpr QSize kDefaultPicture{1200, 800};

/// True vector: texts are texts, no bitmap inside. `size` in CSS pixels.
[[nodiscard]] QByteArray svg_picture(const Figure& figure, const ChartTheme& theme, QSize size);
/// Two device pixels per pixel of `size`.
[[nodiscard]] QByteArray png_picture(const Figure& figure, const ChartTheme& theme, QSize size);

/// By the file's ending, .svg or .png; whole or not at all.
[[nodiscard]] Result<void> write_picture(const Figure& figure, const ChartTheme& theme, QSize size,
                                         const std::filesystem::path& file);

}  // namespace roofcast::gui
