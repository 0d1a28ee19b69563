// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/category_texts.hpp"

#include <algorithm>

#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

constexpr double kApartGap = 8;       ///< between the names of neighbours
constexpr double kNameRow = 15;       ///< of a name that lies
constexpr double kUprightRow = 11.5;  ///< of one that stands
constexpr double kLongestUpright = 120;
constexpr int kMostLines = 3;

/// How the names of a pane are set.
struct NameSetting {
  bool upright = false;
  TextStyle style = kTickText;
  double width = 0;  ///< of a line, at most
  int lines = kMostLines;
};

NameSetting setting(const ChartPane& pane, double plot_width, const ChartTheme& theme) {
  const double slot = plot_width / std::max<double>(1, static_cast<double>(pane.x.categories.size()));
  NameSetting lying{.width = slot - kApartGap};
  for (const std::string& category : pane.x.categories)
    for (const QString& word : text(category).split(' ', Qt::SkipEmptyParts))
      if (text_size(theme, word, kTickText).width() > lying.width)
        return {.upright = true,
                .style = kFootnoteText,
                .width = kLongestUpright,
                .lines = std::clamp(static_cast<int>(slot / kUprightRow), 1, kMostLines)};
  return lying;
}

QStringList lines_of(const std::string& category, const NameSetting& s, const ChartTheme& theme) {
  return wrapped(theme, text(category), s.style, s.width, s.lines);
}

}  // namespace

double category_texts_height(const ChartPane& pane, double plot_width, const ChartTheme& theme) {
  const NameSetting s = setting(pane, plot_width, theme);
  double height = kNameRow;
  for (const std::string& category : pane.x.categories) {
    const QStringList lines = lines_of(category, s, theme);
    if (!s.upright) height = std::max(height, kNameRow * static_cast<double>(lines.size()));
    for (const QString& line : s.upright ? lines : QStringList())
      height = std::max(height, text_size(theme, line, s.style).width());
  }
  return height;
}

std::vector<DrawnText> category_texts(const ChartPane& pane, const PlotArea& area, double top,
                                      const ChartTheme& theme) {
  const NameSetting s = setting(pane, area.rect.width(), theme);
  std::vector<DrawnText> all;
  for (std::size_t i = 0; i < pane.x.categories.size(); ++i) {
    const double position = area.window.x.position(static_cast<double>(i));
    if (!area.window.x.contains(position)) continue;
    const double x = area.x_pixel(position);
    const QStringList lines = lines_of(pane.x.categories[i], s, theme);
    double left = x - kUprightRow * static_cast<double>(lines.size()) / 2;
    double y = top;
    for (const QString& line : lines) {
      const QSizeF size = text_size(theme, line, s.style);
      const QRectF box =
          s.upright ? QRectF(left, top, kUprightRow, size.width()) : QRectF(QPointF(x - size.width() / 2, y), size);
      all.push_back({.text = line, .box = box, .style = s.style, .colour = theme.text, .upright = s.upright});
      left += kUprightRow;
      y += kNameRow;
    }
  }
  return all;
}

}  // namespace roofcast::gui
