// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/axis_window.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/gui/sample_charts.hpp"

using namespace roofcast;
using namespace roofcast::gui;

TEST_CASE("a logarithmic axis has no position for zero, less, or no number") {
  const AxisWindow axis{.scale = AxisScale::logarithmic};
  CHECK(axis.position(100) == 2);
  CHECK(axis.value(2) == Approx(100));
  CHECK(std::isnan(axis.position(0)));
  CHECK(std::isnan(axis.position(-1)));
  CHECK(std::isnan(axis.position(std::nan(""))));
}

TEST_CASE("a fitted window holds the data with their intervals and the guides near them") {
  Figure figure = gui::tests::scatter({{.x = 1, .y = 40, .low = 30, .high = 70}, {.x = 9, .y = 50}});
  figure.panes[0].guides = {{.direction = ChartGuide::Direction::horizontal, .at = 90, .label = "near"},
                            {.direction = ChartGuide::Direction::horizontal, .at = 9000, .label = "far away"}};
  const PaneWindow window = fitted_window(figure.panes[0]);
  CHECK(window.x.low == 0);  // 1 is less than half of 9: zero belongs to the axis
  CHECK(window.x.high > 9);
  CHECK(window.y.high > 90);
  CHECK(window.y.high < 200);
}

TEST_CASE("the limits that an axis asks for are its window") {
  Figure figure = gui::tests::scatter({{.x = 5, .y = 5}}, AxisScale::logarithmic);
  figure.panes[0].x.least = 1;
  figure.panes[0].x.most = 1000;
  const PaneWindow window = fitted_window(figure.panes[0]);
  CHECK(window.x.low == 0);
  CHECK(window.x.high == 3);
}

TEST_CASE("panes over the same axis show the same stretch of it") {
  Figure figure = gui::tests::scatter({{.x = 1, .y = 1}, {.x = 100, .y = 1}}, AxisScale::logarithmic);
  figure.panes.push_back(
      gui::tests::scatter({{.x = 10, .y = 1}, {.x = 1000, .y = 1}}, AxisScale::logarithmic).panes[0]);
  figure.panes.push_back(figure.panes[0]);
  figure.panes[2].x.title = "another axis";
  const auto windows = fitted_windows(figure);
  CHECK(windows[0].x == windows[1].x);
  CHECK(windows[0].x.low < 0);
  CHECK(windows[0].x.high > 3);
  CHECK(windows[2].x.high < 3);
}

TEST_CASE("stacks are as high as their parts together") {
  const PaneWindow window = fitted_window(gui::tests::memory_chart().panes[0]);
  CHECK(window.y.low == 0);
  CHECK(window.y.high > 80);  // 16 + 48 + 8 = 72, and the guide at 80
  CHECK(window.y.high < 100);
  CHECK(window.x.low == -0.5);
}

TEST_CASE("zooming out ends two decades beyond the data") {
  const AxisWindow fitted{.scale = AxisScale::logarithmic, .low = 0, .high = 3};
  AxisWindow window = fitted;
  for (int i = 0; i < 100; ++i) window = clamped(zoomed(window, 1, 0.5), fitted);
  CHECK(window.low == -2);
  CHECK(window.high == 5);
}

TEST_CASE("the position under the cursor stays where it is when zooming") {
  const AxisWindow window = zoomed({.low = 0, .high = 10}, 2, 2);
  // half as wide: 2 was at a fifth of the axis and still is
  CHECK(window.low == 1);
  CHECK(window.high == 6);
}

TEST_CASE("a window is never empty, whatever the data") {
  const auto points = GENERATE(std::vector<ChartPoint>{}, std::vector<ChartPoint>{{.x = 0, .y = 0}},
                               std::vector<ChartPoint>{{.x = 5, .y = 5}, {.x = 5, .y = 5}},
                               std::vector<ChartPoint>{{.x = -3, .y = std::nan("")}});
  const auto scale = GENERATE(AxisScale::linear, AxisScale::logarithmic);
  const PaneWindow window = fitted_window(gui::tests::scatter(points, scale).panes[0]);
  CHECK(window.x.high > window.x.low);
  CHECK(window.y.high > window.y.low);
}
