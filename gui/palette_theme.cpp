// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/palette_theme.hpp"

#include <QApplication>
#include <QFont>

namespace roofcast::gui {

bool is_dark(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() < 128;
}

ChartTheme palette_theme(const QPalette& palette) {
  ChartTheme theme = is_dark(palette) ? dark_theme() : light_theme();
  theme.background = palette.color(QPalette::Base);
  theme.plot = theme.background;
  theme.font_family = QApplication::font().family();
  return theme;
}

QPalette light_palette() {
  QPalette p(QColor("#eef0f2"), QColor("#f5f6f7"));
  p.setColor(QPalette::WindowText, "#1c2024");
  p.setColor(QPalette::Base, "#ffffff");
  p.setColor(QPalette::AlternateBase, "#f6f8f9");
  p.setColor(QPalette::Text, "#1c2024");
  p.setColor(QPalette::ButtonText, "#1c2024");
  p.setColor(QPalette::PlaceholderText, "#7b838a");
  p.setColor(QPalette::Highlight, "#0067a3");
  p.setColor(QPalette::HighlightedText, "#ffffff");
  p.setColor(QPalette::Link, "#0067a3");
  p.setColor(QPalette::ToolTipBase, "#ffffff");
  p.setColor(QPalette::ToolTipText, "#1c2024");
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, "#8b9298");
  return p;
}

QPalette dark_palette() {
  QPalette p(QColor("#3a414a"), QColor("#282d34"));
  p.setColor(QPalette::WindowText, "#e8eaed");
  p.setColor(QPalette::Base, "#16191d");
  p.setColor(QPalette::AlternateBase, "#1d2126");
  p.setColor(QPalette::Text, "#e8eaed");
  p.setColor(QPalette::ButtonText, "#e8eaed");
  p.setColor(QPalette::PlaceholderText, "#8a929a");
  p.setColor(QPalette::Highlight, "#2f7fb8");
  p.setColor(QPalette::HighlightedText, "#ffffff");
  p.setColor(QPalette::Link, "#6cb8ee");
  p.setColor(QPalette::ToolTipBase, "#2a2f35");
  p.setColor(QPalette::ToolTipText, "#e8eaed");
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, "#7a828a");
  return p;
}

QColor problem_colour(const QPalette& palette) {
  return is_dark(palette) ? QColor("#ff8a80") : QColor("#b3261e");
}

QColor good_colour(const QPalette& palette) {
  return is_dark(palette) ? QColor("#6fd6a8") : QColor("#00734f");
}

}  // namespace roofcast::gui
