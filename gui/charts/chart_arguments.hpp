// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "gui/charts/chart_theme.hpp"

namespace roofcast::gui {

/// What the program that draws charts was asked for.
struct ChartArguments {
  std::string answer{};  ///< of --help and --version; empty: draw
  std::filesystem::path output{};
  std::filesystem::path figure{};
  ChartTheme theme{};
  QSize size{};
};

[[nodiscard]] Result<ChartArguments> chart_arguments(const std::vector<std::string>& words);

}  // namespace roofcast::gui
