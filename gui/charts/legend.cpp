// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/legend.hpp"

#include <algorithm>
#include <vector>

#include "gui/charts/mark_shape.hpp"

namespace roofcast::gui {
namespace {

constexpr double kGap = 20;  ///< between entries
constexpr double kSwatch = 26;

struct Entry {
  const ChartSeries* series = nullptr;
  QString text{};
  QSizeF size{};
};

bool same_look(const ChartSeries& l, const ChartSeries& r) {
  return l.name == r.name && l.colour == r.colour && l.mark == r.mark && l.shape == r.shape && l.stroke == r.stroke;
}

std::vector<const ChartSeries*> entries(const Figure& figure) {
  std::vector<const ChartSeries*> found;
  for (const ChartPane& pane : figure.panes) {
    for (const ChartSeries& series : pane.series) {
      if (!series.in_legend || series.name.empty()) continue;
      if (std::ranges::none_of(found, [&](const ChartSeries* other) { return same_look(*other, series); })) {
        found.push_back(&series);
      }
    }
  }
  return found;
}

Drawing swatch(const ChartSeries& series, const ChartTheme& theme, QPointF left) {
  Drawing drawing;
  if (series.shape == SeriesShape::stacked_bars) {
    drawing.paths.push_back(drawn_box(QRectF(left.x() + 6, left.y() - 6, 14, 12), theme.series(series.colour), 2));
    return drawing;
  }
  if (has_line(series)) drawing.paths.push_back(drawn_line(left, left + QPointF(kSwatch, 0), line_pen(series, theme)));
  if (has_marks(series)) {
    drawing.paths.push_back(drawn_mark(series, theme, left + QPointF(kSwatch / 2, 0), kMarkDiameter));
  }
  return drawing;
}

/// In one row each takes what it needs; several rows stand in columns.
Drawing rows(const std::vector<const ChartSeries*>& series, TextStyle style, double row, QPointF top_left, double width,
             const ChartTheme& theme) {
  constexpr double kText = kSwatch + 6;  ///< where it begins
  std::vector<Entry> all;
  double together = 0;
  double widest = 0;
  for (const ChartSeries* each : series) {
    const QStringList lines = wrapped(theme, QString::fromStdString(each->name), style, width - kText, 1);
    if (lines.isEmpty()) continue;
    all.push_back({.series = each, .text = lines.front(), .size = text_size(theme, lines.front(), style)});
    together += kText + all.back().size.width() + kGap;
    widest = std::max(widest, kText + all.back().size.width());
  }
  const bool one_row = together - kGap <= width;
  Drawing drawing;
  QPointF at = top_left;
  for (const Entry& entry : all) {
    const double taken = one_row ? kText + entry.size.width() : widest;
    if (at.x() > top_left.x() && at.x() + taken > top_left.x() + width) at = {top_left.x(), at.y() + row};
    drawing.add(swatch(*entry.series, theme, at + QPointF(0, row / 2)));
    drawing.texts.push_back({.text = entry.text,
                             .box = QRectF(at + QPointF(kText, (row - entry.size.height()) / 2), entry.size),
                             .style = style,
                             .colour = theme.text});
    at.rx() += taken + kGap;
  }
  return drawing;
}

}  // namespace

Drawing legend(const Figure& figure, QPointF top_left, double width, const ChartTheme& theme) {
  constexpr std::size_t kMany = 8;
  const std::vector<const ChartSeries*> all = entries(figure);
  return all.size() > kMany ? rows(all, kFootnoteText, 16, top_left, width, theme)
                            : rows(all, kLabelText, 20, top_left, width, theme);
}

double height_below(const Drawing& drawing, double top) {
  double bottom = top;
  for (const DrawnText& text : drawing.texts) bottom = std::max(bottom, text.box.bottom());
  return bottom - top;
}

}  // namespace roofcast::gui
