// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/drawn_points.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/gui/sample_charts.hpp"

using namespace roofcast;
using namespace roofcast::gui;

namespace {

const AxisWindow kLog{.scale = AxisScale::logarithmic};

std::vector<ChartPoint> many(int count) {
  std::vector<ChartPoint> points;
  for (int i = 0; i < count; ++i) points.push_back({.x = 1.0 + i, .y = 2 + std::sin(i)});
  return points;
}

}  // namespace

TEST_CASE("what a logarithmic axis cannot show is left out and counted, the rest keeps its index") {
  const ChartSeries series{.points = {{.x = 0, .y = 1}, {.x = 10, .y = 1}, {.x = 10, .y = std::nan("")}}};
  const DrawnPoints drawn = drawn_points(series, kLog, kLog);
  REQUIRE(drawn.points.size() == 1);
  CHECK(drawn.points[0].index == 1);
  CHECK(drawn.points[0].at == QPointF(1, 0));
  CHECK(drawn.not_showable == 2);
}

TEST_CASE("an interval that reaches zero leaves a logarithmic axis at its lower end") {
  const ChartSeries series{.points = {{.x = 1, .y = 1, .low = 0, .high = 2}}};
  CHECK(drawn_points(series, kLog, kLog).points[0].low < -100);
}

TEST_CASE("a series beyond the limit is thinned, keeps its ends and its extremes, and says so") {
  ChartSeries series{.name = "rows", .points = many(1000)};
  series.points[637].y = 1e6;
  const DrawnPoints drawn = drawn_points(series, {}, {}, 100);
  CHECK(drawn.points.size() <= 100);
  CHECK(drawn.thinned_from == 1000);
  CHECK(drawn.points.front().index == 0);
  CHECK(drawn.points.back().index == 999);
  CHECK(std::ranges::count(drawn.points, 637u, &DrawnPoint::index) == 1);
  CHECK(std::ranges::is_sorted(drawn.points, {}, &DrawnPoint::index));
}

TEST_CASE("what is left out of the picture is said in words") {
  CHECK(omissions(gui::tests::scatter(many(10))).empty());
  auto thinned = omissions(gui::tests::scatter(many(60'000)));
  REQUIRE(thinned.size() == 1);
  CHECK(thinned[0] == "rows: drawn 50000 of 60000 points.");
  auto zero = omissions(gui::tests::scatter({{.x = 0, .y = 1}, {.x = 1, .y = 1}}, AxisScale::logarithmic));
  REQUIRE(zero.size() == 1);
  CHECK(zero[0] == "1 point without a place on the axes left out (zero on a logarithmic axis, or no value).");
}
