// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/drawn_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofcast::gui {
namespace {

std::vector<DrawnPoint> thinned(const std::vector<DrawnPoint>& points, std::size_t most) {
  // The ends are kept; each bucket in between gives two.
  const std::size_t buckets = std::max<std::size_t>(1, (most - 2) / 2);
  const std::size_t inner = points.size() - 2;
  std::vector<DrawnPoint> kept{points.front()};
  for (std::size_t b = 0; b < buckets; ++b) {
    const auto begin = points.begin() + 1 + static_cast<std::ptrdiff_t>(inner * b / buckets);
    const auto end = points.begin() + 1 + static_cast<std::ptrdiff_t>(inner * (b + 1) / buckets);
    if (begin == end) continue;
    auto [low, high] =
        std::minmax_element(begin, end, [](const auto& l, const auto& r) { return l.at.y() < r.at.y(); });
    if (low > high) std::swap(low, high);
    kept.push_back(*low);
    if (high != low) kept.push_back(*high);
  }
  kept.push_back(points.back());
  return kept;
}

/// An interval that reaches down to zero leaves a logarithmic axis at its lower end.
double edge_position(const AxisWindow& axis, double value) {
  constexpr double kBelowAll = -400;
  return axis.scale == AxisScale::logarithmic && value <= 0 ? kBelowAll : axis.position(value);
}

}  // namespace

DrawnPoints drawn_points(const ChartSeries& series, const AxisWindow& x, const AxisWindow& y, std::size_t most) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  DrawnPoints drawn;
  drawn.points.reserve(series.points.size());
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const ChartPoint& point = series.points[i];
    const QPointF at(x.position(point.x), y.position(point.y));
    if (std::isnan(at.x()) || std::isnan(at.y())) {
      ++drawn.not_showable;
      continue;
    }
    drawn.points.push_back({.at = at,
                            .low = point.low ? edge_position(y, *point.low) : kNaN,
                            .high = point.high ? edge_position(y, *point.high) : kNaN,
                            .index = i});
  }
  if (drawn.points.size() > most) {
    drawn.thinned_from = drawn.points.size();
    drawn.points = thinned(drawn.points, most);
  }
  return drawn;
}

std::vector<std::string> omissions(const Figure& figure) {
  std::size_t not_showable = 0;
  std::vector<std::string> texts;
  for (const ChartPane& pane : figure.panes) {
    for (const ChartSeries& series : pane.series) {
      const auto drawn = drawn_points(series, {.scale = pane.x.scale}, {.scale = pane.y.scale});
      not_showable += drawn.not_showable;
      if (drawn.thinned_from > 0) {
        texts.push_back(
            fmt::format("{}: drawn {} of {} points.", series.name, drawn.points.size(), drawn.thinned_from));
      }
    }
  }
  if (not_showable > 0) {
    texts.push_back(
        fmt::format("{} point{} without a place on the axes left out (zero on a logarithmic axis, or no value).",
                    not_showable, not_showable == 1 ? "" : "s"));
  }
  return texts;
}

}  // namespace roofcast::gui
