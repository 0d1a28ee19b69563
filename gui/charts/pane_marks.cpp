// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/pane_marks.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "gui/charts/mark_shape.hpp"

namespace roofcast::gui {
namespace {

constexpr double kMarkSpacing = 46;  ///< of marks on a line

DrawnPath cross(QPointF centre, const QColor& colour) {
  constexpr double kHalf = 5;
  QPainterPath path(centre - QPointF(kHalf, kHalf));
  path.lineTo(centre + QPointF(kHalf, kHalf));
  path.moveTo(centre + QPointF(-kHalf, kHalf));
  path.lineTo(centre + QPointF(kHalf, -kHalf));
  return {.path = path, .pen = QPen(colour, 2.2, Qt::SolidLine, Qt::RoundCap)};
}

DrawnPath cloud(const std::vector<DrawnPoint>& points, const PlotArea& area, QColor colour) {
  constexpr double kDot = 2.5;
  QPainterPath path;
  path.setFillRule(Qt::WindingFill);
  for (const DrawnPoint& point : points) {
    if (!area.window.x.contains(point.at.x()) || !area.window.y.contains(point.at.y())) continue;
    path.addRect(QRectF(area.pixel(point.at) - QPointF(kDot / 2, kDot / 2), QSizeF(kDot, kDot)));
  }
  colour.setAlphaF(0.75F);
  return {.path = path, .fill = colour};
}

/// The interval of a point that is on no line.
DrawnPath whisker(const DrawnPoint& point, const PlotArea& area, const QColor& colour) {
  const AxisWindow& y = area.window.y;
  const double x = area.x_pixel(point.at.x());
  return drawn_line({x, area.y_pixel(std::clamp(point.low, y.low, y.high))},
                    {x, area.y_pixel(std::clamp(point.high, y.low, y.high))}, QPen(colour, 1.2));
}

struct SizedMark {
  double diameter = 0;
  DrawnPath path{};
};

void add_marks(Drawing& drawing, std::vector<SizedMark>& marks, const ChartSeries& series,
               const std::vector<DrawnPoint>& points, const PlotArea& area, const ChartTheme& theme) {
  const bool spaced = series.shape == SeriesShape::line_with_marks;
  if (!spaced && points.size() > kCloud) {
    drawing.paths.push_back(cloud(points, area, theme.series(series.colour)));
    return;
  }
  const bool weighted = is_weighted(series);
  QPointF last(-1e9, -1e9);
  for (const DrawnPoint& point : points) {
    if (!area.window.x.contains(point.at.x()) || !area.window.y.contains(point.at.y())) continue;
    const QPointF at = area.pixel(point.at);
    const QPointF step = at - last;
    if (spaced && QPointF::dotProduct(step, step) < kMarkSpacing * kMarkSpacing) continue;
    last = at;
    if (!spaced && !std::isnan(point.low) && !std::isnan(point.high)) {
      drawing.paths.push_back(whisker(point, area, theme.series(series.colour)));
    }
    const double diameter = weighted ? mark_diameter(series, series.points[point.index]) : kMarkDiameter;
    marks.push_back({.diameter = diameter, .path = drawn_mark(series, theme, at, diameter)});
  }
}

}  // namespace

Drawing pane_marks(const ChartPane& pane, const std::vector<DrawnPoints>& points, const PlotArea& area,
                   const ChartTheme& theme) {
  Drawing drawing;
  for (const DrawnBar& bar : pane_bars(pane, area)) {
    drawing.paths.push_back(drawn_box(bar.box, theme.series(pane.series[bar.place.series].colour)));
    drawing.paths.back().pen = QPen(theme.plot, 1.5);
  }
  std::vector<SizedMark> marks;
  for (std::size_t s = 0; s < pane.series.size(); ++s) {
    if (has_marks(pane.series[s])) add_marks(drawing, marks, pane.series[s], points[s].points, area, theme);
  }
  // Large ones first, so that no small one is hidden.
  std::ranges::stable_sort(marks, std::ranges::greater{}, &SizedMark::diameter);
  for (SizedMark& mark : marks) drawing.paths.push_back(std::move(mark.path));
  for (std::size_t s = 0; s < pane.series.size(); ++s) {
    const ChartSeries& series = pane.series[s];
    if (series.end_label.empty() || series.shape != SeriesShape::line_with_marks || points[s].points.empty()) continue;
    const QPointF end = points[s].points.back().at;
    if (area.window.x.contains(end.x()) && area.window.y.contains(end.y())) {
      drawing.paths.push_back(cross(area.pixel(end), theme.series(series.colour)));
    }
  }
  return drawing;
}

Drawing point_rings(const ChartPane& pane, const std::vector<PointPlace>& places, const PlotArea& area,
                    const ChartTheme& theme) {
  Drawing drawing;
  const QPen pen(theme.text, 1.8);
  for (const PointPlace& place : places) {
    if (place.series >= pane.series.size() || place.index >= pane.series[place.series].points.size()) continue;
    const ChartSeries& series = pane.series[place.series];
    const ChartPoint& point = series.points[place.index];
    if (series.shape == SeriesShape::stacked_bars) {
      const std::vector<DrawnBar> bars = pane_bars(pane, area);
      const auto bar = std::ranges::find(bars, place, &DrawnBar::place);
      if (bar == bars.end()) continue;
      drawing.paths.push_back(drawn_box(bar->box, Qt::transparent));
      drawing.paths.back().pen = pen;
      continue;
    }
    const auto at = point_pixel(pane, place, area);
    if (!at) continue;
    const double radius = mark_diameter(series, point) / 2 + 4;
    QPainterPath ring;
    ring.addEllipse(*at, radius, radius);
    drawing.paths.push_back({.path = ring, .pen = pen});
  }
  return drawing;
}

}  // namespace roofcast::gui
