// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/point_walk.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace roofcast::gui {
namespace {

/// A point that can be walked to.
struct Stop {
  PointPlace place{};
  QPointF at{};  ///< pixels
};

using Curve = std::vector<Stop>;

/// From left to right, as they are seen.
void sort_along(Curve& curve) {
  std::ranges::stable_sort(curve, {}, [](const Stop& s) { return s.at.x(); });
}

std::vector<Curve> bar_curves(const ChartPane& pane, const PlotArea& area) {
  std::vector<Curve> curves(pane.series.size());
  for (const DrawnBar& bar : pane_bars(pane, area))
    curves[bar.place.series].push_back({.place = bar.place, .at = bar.box.center()});
  return curves;
}

/// One per series, without those that are passed over.
std::vector<Curve> walk_curves(const ChartPane& pane, const std::vector<DrawnPoints>& points, const PlotArea& area) {
  if (has_bars(pane)) return bar_curves(pane, area);
  const bool named = std::ranges::any_of(pane.series, &ChartSeries::in_legend);
  std::vector<Curve> curves(pane.series.size());
  for (std::size_t s = 0; s < pane.series.size(); ++s) {
    if (named && !pane.series[s].in_legend) continue;
    for (const DrawnPoint& point : points[s].points)
      if (area.window.x.contains(point.at.x()) && area.window.y.contains(point.at.y()))
        curves[s].push_back({.place = {.series = s, .index = point.index}, .at = area.pixel(point.at)});
    sort_along(curves[s]);
  }
  return curves;
}

/// @pre the curve has points
const Stop& nearest(const Curve& curve, double x) {
  return *std::ranges::min_element(curve, {}, [x](const Stop& s) { return std::abs(s.at.x() - x); });
}

/// How high a curve stands; curves of one height are in their order.
std::tuple<double, std::size_t> height(const Stop& stop) {
  return {-stop.at.y(), stop.place.series};
}

std::optional<PointPlace> along(const Curve& curve, std::size_t at, WalkStep step) {
  if (step == WalkStep::first) return curve.front().place;
  if (step == WalkStep::last) return curve.back().place;
  if (step == WalkStep::left) return at > 0 ? std::optional{curve[at - 1].place} : std::nullopt;
  return at + 1 < curve.size() ? std::optional{curve[at + 1].place} : std::nullopt;
}

std::optional<PointPlace> across(const std::vector<Curve>& curves, const Stop& from, bool up) {
  std::optional<Stop> next;
  for (const Curve& curve : curves) {
    if (curve.empty() || curve.front().place.series == from.place.series) continue;
    const Stop& stop = nearest(curve, from.at.x());
    const bool beyond = up ? height(stop) > height(from) : height(stop) < height(from);
    if (beyond && (!next || (up ? height(stop) < height(*next) : height(stop) > height(*next)))) next = stop;
  }
  return next ? std::optional{next->place} : std::nullopt;
}

}  // namespace

std::optional<PointPlace> walked(const ChartPane& pane, const std::vector<DrawnPoints>& points, const PlotArea& area,
                                 PointPlace from, WalkStep step) {
  const std::vector<Curve> curves = walk_curves(pane, points, area);
  if (from.series >= curves.size()) return std::nullopt;
  const Curve& curve = curves[from.series];
  const auto here = std::ranges::find(curve, from, &Stop::place);
  if (here == curve.end()) return std::nullopt;
  if (step == WalkStep::up || step == WalkStep::down) return across(curves, *here, step == WalkStep::up);
  return along(curve, static_cast<std::size_t>(here - curve.begin()), step);
}

std::optional<PointPlace> walk_entry(const ChartPane& pane, const std::vector<DrawnPoints>& points,
                                     const PlotArea& area, double x, bool lowest) {
  std::optional<Stop> found;
  for (const Curve& curve : walk_curves(pane, points, area)) {
    if (curve.empty()) continue;
    const Stop& stop = nearest(curve, x);
    if (!found || (lowest ? height(stop) < height(*found) : height(stop) > height(*found))) found = stop;
  }
  return found ? std::optional{found->place} : std::nullopt;
}

}  // namespace roofcast::gui
