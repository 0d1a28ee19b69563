// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/clipped_line.hpp"

#include <catch2/catch.hpp>

using namespace roofcast::gui;

namespace {

const QRectF kView(0, 0, 10, 10);

}  // namespace

TEST_CASE("a line inside the view is one piece with its own points") {
  const QList<QPointF> line{{1, 1}, {5, 9}, {9, 1}};
  const auto pieces = clipped_line(line, kView);
  REQUIRE(pieces.size() == 1);
  CHECK(pieces[0] == line);
}

TEST_CASE("a line is cut where it leaves the view, and goes on where it comes back") {
  // up to (5, 20) and down again: leaves at y = 10, halfway up, x = 2.5; comes back at 7.5
  const auto pieces = clipped_line({{0, 0}, {5, 20}, {10, 0}}, kView);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0] == QList<QPointF>{{0, 0}, {2.5, 10}});
  CHECK(pieces[1] == QList<QPointF>{{7.5, 10}, {10, 0}});
}

TEST_CASE("a line that passes by the view has no piece") {
  CHECK(clipped_line({{-5, 3}, {-1, 20}}, kView).empty());
  CHECK(clipped_line({{3, 3}}, kView).empty());
}

TEST_CASE("an edge of a band is cut left and right and held at top and bottom") {
  // from (-10, 5) flat to (5, 5), then up to (10, 20): crosses the top a third of the way, x = 6 2/3
  const auto edge = clamped_edge({{-10, 5}, {5, 5}, {10, 20}}, kView);
  REQUIRE(edge.size() == 4);
  CHECK(edge[0] == QPointF(0, 5));
  CHECK(edge[1] == QPointF(5, 5));
  CHECK(edge[2].x() == Approx(20.0 / 3));
  CHECK(edge[2].y() == 10);
  CHECK(edge[3] == QPointF(10, 10));
}
