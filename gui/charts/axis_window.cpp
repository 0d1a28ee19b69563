// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/axis_window.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace roofcast::gui {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double position) {
    if (!std::isfinite(position)) return;
    low = std::min(low, position);
    high = std::max(high, position);
  }
  void add(const AxisWindow& axis, std::optional<double> value) {
    if (value) add(axis.position(*value));
  }
  [[nodiscard]] bool empty() const { return low > high; }
};

/// Guides and edges of regions belong to the picture unless they would squeeze the data into a corner.
void add_near(Extent& extent, const AxisWindow& axis, std::optional<double> value) {
  const double position = value ? axis.position(*value) : kNaN;
  if (!std::isfinite(position)) return;
  if (extent.empty()) return extent.add(position);
  const double reach = axis.scale == AxisScale::logarithmic ? std::max(1.0, extent.high - extent.low)
                                                            : std::max(extent.high - extent.low, std::abs(extent.high));
  if (position >= extent.low - reach && position <= extent.high + reach) extent.add(position);
}

AxisWindow fitted(const ChartAxis& axis, const Extent& extent, bool from_zero) {
  AxisWindow window{.scale = axis.scale};
  if (axis.scale == AxisScale::categories) {
    window.low = -0.5;
    window.high = std::max(0.5, static_cast<double>(axis.categories.size()) - 0.5);
    return window;
  }
  const bool logarithmic = axis.scale == AxisScale::logarithmic;
  double low = extent.empty() ? 0 : extent.low;
  double high = extent.empty() ? 1 : extent.high;
  const bool zero = !logarithmic && (from_zero || (low >= 0 && low < 0.5 * high));
  if (zero) low = std::min(low, 0.0);
  if (!(high - low > 1e-12 * std::abs(high))) {
    const double air = logarithmic ? 0.3 : std::max(1e-12, 0.1 * std::abs(high));
    low -= zero ? 0 : air;
    high += air;
  }
  const double air = 0.06 * (high - low);
  window.low = zero && low == 0 ? low : low - air;
  window.high = high + air;
  const double least = axis.least ? window.position(*axis.least) : kNaN;
  const double most = axis.most ? window.position(*axis.most) : kNaN;
  if (std::isfinite(least)) window.low = least;
  if (std::isfinite(most)) window.high = most;
  if (!(window.high > window.low)) window.high = window.low + 1;
  return window;
}

/// The top of each stack of bars, and where the lowest one stands.
void add_bars(Extent& extent, const ChartPane& pane) {
  std::vector<double> tops(pane.x.categories.size(), 0);
  for (const ChartSeries& series : pane.series) {
    if (series.shape != SeriesShape::stacked_bars) continue;
    for (const ChartPoint& point : series.points) {
      if (!(point.x >= 0 && point.x < static_cast<double>(tops.size())) || !std::isfinite(point.y)) continue;
      extent.add(tops[static_cast<std::size_t>(point.x)] += point.y);
    }
  }
}

bool same_axis(const ChartAxis& l, const ChartAxis& r) {
  return l.scale != AxisScale::categories && l.scale == r.scale && l.title == r.title;
}

}  // namespace

double AxisWindow::position(double value) const {
  if (scale != AxisScale::logarithmic) return std::isfinite(value) ? value : kNaN;
  return value > 0 && std::isfinite(value) ? std::log10(value) : kNaN;
}

double AxisWindow::value(double position) const {
  return scale == AxisScale::logarithmic ? std::pow(10, position) : position;
}

PaneWindow fitted_window(const ChartPane& pane) {
  const AxisWindow x{.scale = pane.x.scale};
  const AxisWindow y{.scale = pane.y.scale};
  Extent wide;
  Extent tall;
  bool bars = false;
  for (const ChartSeries& series : pane.series) {
    if (series.shape == SeriesShape::stacked_bars) {
      bars = true;
      continue;
    }
    for (const ChartPoint& point : series.points) {
      if (!std::isfinite(x.position(point.x)) || !std::isfinite(y.position(point.y))) continue;
      wide.add(x.position(point.x));
      tall.add(y.position(point.y));
      tall.add(y, point.low);
      tall.add(y, point.high);
    }
  }
  if (bars) add_bars(tall, pane);
  for (const ChartGuide& guide : pane.guides) {
    const bool vertical = guide.direction == ChartGuide::Direction::vertical;
    add_near(vertical ? wide : tall, vertical ? x : y, guide.at);
  }
  for (const ChartRegion& region : pane.regions) {
    for (const auto& edge : {region.x_low, region.x_high}) add_near(wide, x, edge);
    for (const auto& edge : {region.y_low, region.y_high}) add_near(tall, y, edge);
  }
  PaneWindow window{.x = fitted(pane.x, wide, false), .y = fitted(pane.y, tall, bars)};
  // Labels of guides stand beside the bars, not on them.
  constexpr double kBesideBars = 0.16;
  if (bars && !pane.guides.empty()) window.x.high += kBesideBars * window.x.span();
  return window;
}

std::vector<PaneWindow> fitted_windows(const Figure& figure) {
  std::vector<PaneWindow> own;
  for (const ChartPane& pane : figure.panes) own.push_back(fitted_window(pane));
  std::vector<PaneWindow> shared = own;
  for (std::size_t i = 0; i < own.size(); ++i) {
    for (std::size_t j = 0; j < own.size(); ++j) {
      if (!same_axis(figure.panes[i].x, figure.panes[j].x)) continue;
      shared[i].x.low = std::min(shared[i].x.low, own[j].x.low);
      shared[i].x.high = std::max(shared[i].x.high, own[j].x.high);
    }
  }
  return shared;
}

AxisWindow clamped(AxisWindow window, const AxisWindow& fitted) {
  const double reach = fitted.scale == AxisScale::logarithmic ? 2.0 : 2 * fitted.span();
  const double low = fitted.low - reach;
  const double high = fitted.high + reach;
  const double least_span = 1e-6 * fitted.span();
  if (window.low >= low && window.high <= high && window.span() >= least_span) return window;
  const double span = std::clamp(window.span(), least_span, high - low);
  const double centre = (window.low + window.high) / 2;
  window.low = std::clamp(centre - span / 2, low, high - span);
  window.high = window.low + span;
  return window;
}

AxisWindow zoomed(AxisWindow window, double at, double factor) {
  window.low = at - (at - window.low) / factor;
  window.high = at + (window.high - at) / factor;
  return window;
}

}  // namespace roofcast::gui
