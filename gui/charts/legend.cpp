// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/legend.hpp"

#include <algorithm>
#include <vector>

#include "gui/charts/mark_shape.hpp"

namespace roofcast::gui {
namespace {

constexpr double kRow = 20;
constexpr double kGap = 18;  ///< between entries
constexpr double kSwatch = 26;

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

}  // namespace

Drawing legend(const Figure& figure, QPointF top_left, double width, const ChartTheme& theme) {
  Drawing drawing;
  QPointF at = top_left;
  for (const ChartSeries* series : entries(figure)) {
    const double most = width - kSwatch - 6;
    const QStringList lines = wrapped(theme, QString::fromStdString(series->name), kLabelText, most, 1);
    if (lines.isEmpty()) continue;
    const QSizeF size = text_size(theme, lines.front(), kLabelText);
    const double entry = kSwatch + 6 + size.width();
    if (at.x() > top_left.x() && at.x() + entry > top_left.x() + width) at = {top_left.x(), at.y() + kRow};
    drawing.add(swatch(*series, theme, at + QPointF(0, kRow / 2)));
    drawing.texts.push_back({.text = lines.front(),
                             .box = QRectF(at + QPointF(kSwatch + 6, (kRow - size.height()) / 2), size),
                             .style = kLabelText,
                             .colour = theme.text});
    at.rx() += entry + kGap;
  }
  return drawing;
}

double height_below(const Drawing& drawing, double top) {
  double bottom = top;
  for (const DrawnText& text : drawing.texts) bottom = std::max(bottom, text.box.bottom());
  return bottom - top;
}

}  // namespace roofcast::gui
