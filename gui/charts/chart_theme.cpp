// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/chart_theme.hpp"

#include <cstddef>
#include <utility>

namespace roofcast::gui {

QColor ChartTheme::series(int colour) const {
  return palette[static_cast<std::size_t>(colour < 0 ? 0 : colour) % palette.size()];
}

QColor ChartTheme::words(int colour) const {
  constexpr float kText = 0.3F;
  const QColor c = series(colour);
  const auto mixed = [](float a, float b) { return (1 - kText) * a + kText * b; };
  return QColor::fromRgbF(mixed(c.redF(), text.redF()), mixed(c.greenF(), text.greenF()),
                          mixed(c.blueF(), text.blueF()));
}

QColor ChartTheme::grade(Grade grade) const {
  switch (grade) {
    case Grade::exact:
    case Grade::measured:
      return palette[2];
    case Grade::calibrated:
      return palette[0];
    case Grade::extrapolated:
    case Grade::theoretical:
      return palette[4];
  }
  std::unreachable();
}

ChartTheme light_theme() {
  return {.name = "light",
          .background = "#ffffff",
          .plot = "#ffffff",
          .text = "#1c2024",
          .muted = "#5a6169",
          .grid = "#dfe3e6",
          .minor_grid = "#f1f3f4",
          .axis = "#8b9298",
          .palette = {"#0072b2", "#d55e00", "#009e73", "#c25f9a", "#c98600", "#3f9fdc", "#6b6f73", "#7a4fb5"}};
}

ChartTheme dark_theme() {
  return {.name = "dark",
          .background = "#16191d",
          .plot = "#1b1f24",
          .text = "#e8eaed",
          .muted = "#a3abb3",
          .grid = "#333a41",
          .minor_grid = "#242a30",
          .axis = "#6d757d",
          .palette = {"#4db1f0", "#ff8a4c", "#2cc99a", "#e59acb", "#f2b93b", "#9adcff", "#b4b9be", "#b79ae8"}};
}

std::optional<ChartTheme> theme_named(std::string_view name) {
  if (name == "light") return light_theme();
  if (name == "dark") return dark_theme();
  return std::nullopt;
}

QColor readable_on(const QColor& background) {
  // Rec. 709 luma of the gamma-coded colour: good enough to choose between two
  const double luma = 0.2126 * background.redF() + 0.7152 * background.greenF() + 0.0722 * background.blueF();
  return luma > 0.55 ? QColor("#101214") : QColor("#ffffff");
}

}  // namespace roofcast::gui
