// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/pane_points.hpp"

#include <algorithm>
#include <cmath>

#include "gui/charts/mark_shape.hpp"

namespace roofcast::gui {
namespace {

constexpr double kLeastDiameter = 6;
constexpr double kMostDiameter = 30;
constexpr double kWidestBar = 120;
constexpr double kBarOfSlot = 0.64;

}  // namespace

std::vector<DrawnPoints> pane_points(const ChartPane& pane) {
  std::vector<DrawnPoints> points;
  points.reserve(pane.series.size());
  for (const ChartSeries& series : pane.series) {
    points.push_back(drawn_points(series, {.scale = pane.x.scale}, {.scale = pane.y.scale}));
  }
  return points;
}

std::vector<DrawnBar> pane_bars(const ChartPane& pane, const PlotArea& area) {
  const double half = std::min(kWidestBar, kBarOfSlot * area.rect.width() / area.window.x.span()) / 2;
  std::vector<double> tops(pane.x.categories.size(), 0);
  std::vector<DrawnBar> bars;
  for (std::size_t s = 0; s < pane.series.size(); ++s) {
    const ChartSeries& series = pane.series[s];
    if (series.shape != SeriesShape::stacked_bars) continue;
    for (std::size_t i = 0; i < series.points.size(); ++i) {
      const ChartPoint& point = series.points[i];
      if (!(point.x >= 0 && point.x < static_cast<double>(tops.size())) || !(point.y > 0)) continue;
      double& top = tops[static_cast<std::size_t>(point.x)];
      const double x = area.x_pixel(std::floor(point.x));
      const QRectF whole(QPointF(x - half, area.y_pixel(top + point.y)), QPointF(x + half, area.y_pixel(top)));
      top += point.y;
      const QRectF seen = whole & area.rect;
      if (!seen.isEmpty()) bars.push_back({.box = seen, .place = {.series = s, .index = i}});
    }
  }
  return bars;
}

bool has_bars(const ChartPane& pane) {
  return std::ranges::any_of(pane.series, [](const ChartSeries& s) { return s.shape == SeriesShape::stacked_bars; });
}

bool is_weighted(const ChartSeries& series) {
  return std::ranges::any_of(series.points, [](const ChartPoint& p) { return p.weight != 1; });
}

double mark_diameter(const ChartSeries& series, const ChartPoint& point) {
  if (!is_weighted(series)) return kMarkDiameter;
  return std::max(kLeastDiameter, kMostDiameter * std::sqrt(std::clamp(point.weight, 0.0, 1.0)));
}

std::optional<QPointF> point_pixel(const ChartPane& pane, PointPlace place, const PlotArea& area) {
  if (place.series >= pane.series.size() || place.index >= pane.series[place.series].points.size()) return std::nullopt;
  if (pane.series[place.series].shape == SeriesShape::stacked_bars) {
    const std::vector<DrawnBar> bars = pane_bars(pane, area);
    const auto bar = std::ranges::find(bars, place, &DrawnBar::place);
    return bar == bars.end() ? std::nullopt : std::optional{bar->box.center()};
  }
  const ChartPoint& point = pane.series[place.series].points[place.index];
  const QPointF at(area.window.x.position(point.x), area.window.y.position(point.y));
  if (!area.window.x.contains(at.x()) || !area.window.y.contains(at.y())) return std::nullopt;
  return area.pixel(at);
}

std::optional<PointPlace> point_at(const ChartPane& pane, const std::vector<DrawnPoints>& points, const PlotArea& area,
                                   QPointF pixel, double reach) {
  if (!area.rect.adjusted(-reach, -reach, reach, reach).contains(pixel)) return std::nullopt;
  std::optional<PointPlace> nearest;
  double least = reach * reach;
  for (std::size_t s = 0; s < pane.series.size(); ++s) {
    if (pane.series[s].shape == SeriesShape::stacked_bars) continue;
    for (const DrawnPoint& point : points[s].points) {
      const QPointF away = area.pixel(point.at) - pixel;
      const double squared = QPointF::dotProduct(away, away);
      if (squared > least) continue;
      least = squared;
      nearest = PointPlace{.series = s, .index = point.index};
    }
  }
  if (nearest) return nearest;
  for (const DrawnBar& bar : pane_bars(pane, area)) {
    if (bar.box.contains(pixel)) return bar.place;
  }
  return std::nullopt;
}

}  // namespace roofcast::gui
