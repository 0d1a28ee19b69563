// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/pane_frame.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "core/chart/axis_ticks.hpp"
#include "gui/charts/category_texts.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

constexpr double kTitleRow = 22;
constexpr double kAxisTitleRow = 20;
constexpr double kTickLength = 4;
constexpr double kTextGap = 4;   ///< between a tick and its text
constexpr double kTickRow = 24;  ///< tick, gap and one line of text below the plot
constexpr double kLineHeight = 15;
constexpr TextStyle kNarrowTitleText{12, true};
constexpr double kRightMargin = 18;  ///< half of the last tick text

AxisTicks y_ticks(const ChartPane& pane, const AxisWindow& window, double height) {
  // About eight texts; closer to each other where the plot is low, and where 1, 2, 5 make three of each decade.
  const bool logarithmic = pane.y.scale == AxisScale::logarithmic;
  const double row = std::clamp(height / 8, logarithmic ? 20.0 : 24.0, logarithmic ? 36.0 : 60.0);
  return axis_ticks(pane.y, window.value(window.low), window.value(window.high),
                    std::max(2, static_cast<int>(height / row)));
}

/// As many as stand beside each other with a gap.
AxisTicks x_ticks(const ChartPane& pane, const PlotArea& area, const ChartTheme& theme) {
  constexpr double kNarrowest = 44;
  constexpr double kGap = 12;
  const AxisWindow& window = area.window.x;
  int most = std::max(2, static_cast<int>(area.rect.width() / kNarrowest));
  while (true) {
    AxisTicks ticks = axis_ticks(pane.x, window.value(window.low), window.value(window.high), most);
    if (pane.x.scale == AxisScale::categories || most <= 2) return ticks;
    double end = -1e9;
    bool fits = true;
    for (const AxisTick& tick : ticks.labelled) {
      const double half = text_size(theme, text(tick.text), kTickText).width() / 2;
      const double centre = area.x_pixel(window.position(tick.value));
      fits = fits && centre - half >= end + kGap;
      end = centre + half;
    }
    if (fits) return ticks;
    --most;
  }
}

/// Height of the texts below the plot.
double x_texts_height(const ChartPane& pane, double plot_width, const ChartTheme& theme) {
  if (pane.x.scale != AxisScale::categories) return kTickRow;
  return kTickRow - kLineHeight + category_texts_height(pane, plot_width, theme);
}

DrawnText at(const ChartTheme& theme, const QString& words, TextStyle style, QPointF top_left, const QColor& colour) {
  return {.text = words, .box = QRectF(top_left, text_size(theme, words, style)), .style = style, .colour = colour};
}

/// A low pane has its title and that of its y axis in one row.
bool one_title_row(const ChartPane& pane, const QRectF& outer) {
  constexpr double kLow = 260;
  return !pane.title.empty() && outer.height() < kLow;
}

double titles_height(const ChartPane& pane, const QRectF& outer) {
  if (one_title_row(pane, outer)) return kTitleRow;
  return (pane.title.empty() ? 0 : kTitleRow) + kAxisTitleRow;
}

Drawing region_ground(const ChartRegion& region, const PlotArea& area, const ChartTheme& theme) {
  const auto edge = [](const AxisWindow& window, const std::optional<double>& value, double absent) {
    const double position = value ? window.position(*value) : absent;
    return std::clamp(std::isnan(position) ? absent : position, window.low, window.high);
  };
  const AxisWindow& x = area.window.x;
  const AxisWindow& y = area.window.y;
  const QPointF low = area.pixel({edge(x, region.x_low, x.low), edge(y, region.y_low, y.low)});
  const QPointF high = area.pixel({edge(x, region.x_high, x.high), edge(y, region.y_high, y.high)});
  QColor fill = theme.series(region.colour);
  fill.setAlphaF(0.10F);
  return {.paths = {drawn_box(QRectF(low, high).normalized(), fill)}};
}

Drawing titles(const ChartPane& pane, const QRectF& outer, const ChartTheme& theme) {
  constexpr double kBetween = 12;
  Drawing drawing;
  QPointF corner = outer.topLeft();
  TextStyle style = kPaneTitleText;
  double room = outer.width();
  if (one_title_row(pane, outer)) {  // the unit is not cut: the title gives way
    room -= kBetween + text_size(theme, text(pane.y.title), kAxisTitleText).width();
    if (text_size(theme, text(pane.title), style).width() > room) style = kNarrowTitleText;
  }
  for (const QString& line : wrapped(theme, text(pane.title), style, std::max(room, outer.width() / 3), 1)) {
    drawing.texts.push_back(at(theme, line, style, corner, theme.text));
    const QRectF& box = drawing.texts.back().box;
    const double lower = box.height() - text_size(theme, line, kAxisTitleText).height() - 1;
    corner = one_title_row(pane, outer) ? QPointF(box.right() + kBetween, box.top() + lower)
                                        : corner + QPointF(0, kTitleRow);
  }
  for (const QString& line : wrapped(theme, text(pane.y.title), kAxisTitleText, outer.right() - corner.x(), 1)) {
    drawing.texts.push_back(at(theme, line, kAxisTitleText, corner, theme.muted));
  }
  return drawing;
}

}  // namespace

double y_texts_width(const ChartPane& pane, const AxisWindow& window, double plot_height, const ChartTheme& theme) {
  double widest = 0;
  for (const AxisTick& tick : y_ticks(pane, window, plot_height).labelled) {
    widest = std::max(widest, text_size(theme, text(tick.text), kTickText).width());
  }
  return widest + kTickLength + kTextGap;
}

QRectF plot_rect(const ChartPane& pane, const QRectF& outer, double y_texts, const ChartTheme& theme) {
  const double width = std::max(10.0, outer.width() - y_texts - kRightMargin);
  const double top = outer.top() + titles_height(pane, outer);
  const double below = x_texts_height(pane, width, theme) + (pane.x.title.empty() ? 0 : kAxisTitleRow);
  return {outer.left() + y_texts, top, width, std::max(10.0, outer.bottom() - below - top)};
}

Drawing pane_ground(const ChartPane& pane, const PlotArea& area, const ChartTheme& theme) {
  const QRectF& rect = area.rect;
  Drawing drawing{.paths = {drawn_box(rect, theme.plot)}};
  for (const ChartRegion& region : pane.regions) drawing.add(region_ground(region, area, theme));

  QPainterPath major;
  QPainterPath minor;
  const auto vertical = [&](double value, QPainterPath& lines) {
    const double x = area.x_pixel(area.window.x.position(value));
    lines.moveTo(x, rect.top());
    lines.lineTo(x, rect.bottom());
  };
  const auto horizontal = [&](double value, QPainterPath& lines) {
    const double y = area.y_pixel(area.window.y.position(value));
    lines.moveTo(rect.left(), y);
    lines.lineTo(rect.right(), y);
  };
  const AxisTicks across = x_ticks(pane, area, theme);
  const AxisTicks up = y_ticks(pane, area.window.y, rect.height());
  for (const double value : across.minor) vertical(value, minor);
  for (const double value : up.minor) horizontal(value, minor);
  if (pane.x.scale != AxisScale::categories) {
    for (const AxisTick& tick : across.labelled) vertical(tick.value, major);
  }
  for (const AxisTick& tick : up.labelled) horizontal(tick.value, major);
  drawing.paths.push_back({.path = minor, .pen = QPen(theme.minor_grid, 1)});
  drawing.paths.push_back({.path = major, .pen = QPen(theme.grid, 1)});
  return drawing;
}

Drawing pane_texts(const ChartPane& pane, const PlotArea& area, const QRectF& outer, const ChartTheme& theme) {
  const QRectF& rect = area.rect;
  Drawing drawing;
  const QPen axis(theme.axis, 1);
  drawing.paths.push_back(drawn_line(rect.bottomLeft(), rect.bottomRight(), axis));
  drawing.paths.push_back(drawn_line(rect.bottomLeft(), rect.topLeft(), axis));

  drawing.add(titles(pane, outer, theme));
  for (const AxisTick& tick : y_ticks(pane, area.window.y, rect.height()).labelled) {
    const double y = area.y_pixel(area.window.y.position(tick.value));
    const QSizeF size = text_size(theme, text(tick.text), kTickText);
    drawing.paths.push_back(drawn_line({rect.left() - kTickLength, y}, {rect.left(), y}, axis));
    drawing.texts.push_back(at(theme, text(tick.text), kTickText,
                               {rect.left() - kTickLength - kTextGap - size.width(), y - size.height() / 2},
                               theme.muted));
  }
  const double x_texts = rect.bottom() + kTickLength + kTextGap - 1;
  if (pane.x.scale == AxisScale::categories) {
    for (DrawnText& name : category_texts(pane, area, x_texts, theme)) drawing.texts.push_back(std::move(name));
  } else {
    for (const AxisTick& tick : x_ticks(pane, area, theme).labelled) {
      const double x = area.x_pixel(area.window.x.position(tick.value));
      drawing.paths.push_back(drawn_line({x, rect.bottom()}, {x, rect.bottom() + kTickLength}, axis));
      const double width = text_size(theme, text(tick.text), kTickText).width();
      drawing.texts.push_back(at(theme, text(tick.text), kTickText, {x - width / 2, x_texts}, theme.muted));
    }
  }
  const double below = rect.bottom() + x_texts_height(pane, rect.width(), theme);
  for (const QString& line : wrapped(theme, text(pane.x.title), kAxisTitleText, rect.width(), 1)) {
    const double width = text_size(theme, line, kAxisTitleText).width();
    drawing.texts.push_back(at(theme, line, kAxisTitleText, {rect.center().x() - width / 2, below + 1}, theme.muted));
  }
  return drawing;
}

}  // namespace roofcast::gui
