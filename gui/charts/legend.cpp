// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/legend.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "gui/charts/mark_shape.hpp"

namespace roofcast::gui {
namespace {

constexpr double kEntryGap = 20;  ///< between entries
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

constexpr double kText = kSwatch + 6;  ///< where the text of an entry begins

QString rest(std::size_t count) {
  return QString("and %1 more").arg(count);
}

/// Where entries stand: in one row each takes what it needs; several rows stand in columns.
struct Places {
  bool one_row = true;
  double widest = 0;
  std::size_t capacity = 0;  ///< entries that the room holds
};

Places places(const std::vector<Entry>& all, TextStyle style, double row, QSizeF room, const ChartTheme& theme) {
  Places p;
  double together = 0;
  for (const Entry& entry : all) {
    together += kText + entry.size.width() + kEntryGap;
    p.widest = std::max(p.widest, kText + entry.size.width());
  }
  p.one_row = together - kEntryGap <= room.width();
  p.widest = std::max(p.widest, text_size(theme, rest(all.size()), style).width());
  const double columns = std::max(1.0, std::floor((room.width() + kEntryGap) / (p.widest + kEntryGap)));
  const double rows = std::max(1.0, std::floor(room.height() / row));
  p.capacity = p.one_row ? all.size() : static_cast<std::size_t>(columns * rows);
  return p;
}

Drawing rows(const std::vector<const ChartSeries*>& series, TextStyle style, double row, const QRectF& room,
             const ChartTheme& theme) {
  std::vector<Entry> all;
  for (const ChartSeries* each : series) {
    const QStringList lines = wrapped(theme, QString::fromStdString(each->name), style, room.width() - kText, 1);
    if (lines.isEmpty()) continue;
    all.push_back({.series = each, .text = lines.front(), .size = text_size(theme, lines.front(), style)});
  }
  const Places p = places(all, style, row, room.size(), theme);
  const std::size_t shown = all.size() > p.capacity ? p.capacity - 1 : all.size();
  Drawing drawing;
  QPointF at = room.topLeft();
  const auto add_text = [&](const QString& text, QSizeF size, double left) {
    drawing.texts.push_back({.text = text,
                             .box = QRectF(at + QPointF(left, (row - size.height()) / 2), size),
                             .style = style,
                             .colour = theme.text});
  };
  const auto next_row_unless_fits = [&](double taken) {
    if (at.x() > room.left() && at.x() + taken > room.right() + 0.5) at = {room.left(), at.y() + row};
  };
  for (std::size_t i = 0; i < shown; ++i) {
    const double taken = p.one_row ? kText + all[i].size.width() : p.widest;
    next_row_unless_fits(taken);
    drawing.add(swatch(*all[i].series, theme, at + QPointF(0, row / 2)));
    add_text(all[i].text, all[i].size, kText);
    at.rx() += taken + kEntryGap;
  }
  if (shown == all.size()) return drawing;
  next_row_unless_fits(p.widest);
  const QString more = rest(all.size() - shown);
  add_text(more, text_size(theme, more, style), 0);
  return drawing;
}

}  // namespace

Drawing legend(const Figure& figure, const QRectF& room, const ChartTheme& theme) {
  constexpr std::size_t kMany = 8;
  const std::vector<const ChartSeries*> all = entries(figure);
  return all.size() > kMany ? rows(all, kFootnoteText, 16, room, theme) : rows(all, kLabelText, 20, room, theme);
}

double height_below(const Drawing& drawing, double top) {
  double bottom = top;
  for (const DrawnText& text : drawing.texts) bottom = std::max(bottom, text.box.bottom());
  return bottom - top;
}

}  // namespace roofcast::gui
