// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/chart/chart.hpp"

namespace roofcast::gui {

/// The stretch of an axis that is shown. Positions are decimal logarithms of values on a logarithmic axis, so that
/// zooming and panning are the same arithmetic on every axis, and Qt's own logarithmic axis is not needed.
struct AxisWindow {
  AxisScale scale = AxisScale::linear;
  double low = 0;   ///< a position
  double high = 1;  ///< a position; above `low`

  [[nodiscard]] double position(double value) const;  ///< NaN where the axis cannot show it
  [[nodiscard]] double value(double position) const;
  [[nodiscard]] double span() const { return high - low; }
  [[nodiscard]] bool contains(double position) const { return position >= low && position <= high; }

  friend bool operator==(const AxisWindow&, const AxisWindow&) = default;
};

struct PaneWindow {
  AxisWindow x{};
  AxisWindow y{};

  friend bool operator==(const PaneWindow&, const PaneWindow&) = default;
};

/// The whole pane: data, intervals, guides that are not far away, a little air; or what the axes ask for.
[[nodiscard]] PaneWindow fitted_window(const ChartPane& pane);

/// The fitted window of each pane; panes over the same axis (equal title and scale) share its extent.
[[nodiscard]] std::vector<PaneWindow> fitted_windows(const Figure& figure);

/// `window` moved and shrunk until it is at most two decades (or two spans) beyond `fitted`, and not narrower than what
/// doubles and tick texts resolve.
[[nodiscard]] AxisWindow clamped(AxisWindow window, const AxisWindow& fitted);

/// Magnified `factor` times about the position `at`, which stays where it is.
[[nodiscard]] AxisWindow zoomed(AxisWindow window, double at, double factor);

}  // namespace roofcast::gui
