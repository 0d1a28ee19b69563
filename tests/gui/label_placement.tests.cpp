// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/label_placement.hpp"

#include <catch2/catch.hpp>

using namespace roofcast::gui;

namespace {

const QRectF kBounds(0, 0, 200, 100);
const QSizeF kSize(40, 10);

}  // namespace

TEST_CASE("a label stands at its first place when that is free") {
  const std::vector<LabelWish> wishes{{kSize, {{10, 10}, {60, 10}}}};
  const auto places = placed_labels(wishes, kBounds, {}, {});
  REQUIRE(places[0]);
  CHECK(*places[0] == QRectF(10, 10, 40, 10));
}

TEST_CASE("no label stands over another, outside the plot, or on what is taken") {
  // Both want (10, 10); the second list has a place beside, one outside and one on what is taken.
  const std::vector<LabelWish> wishes{{kSize, {{10, 10}}}, {kSize, {{20, 12}, {190, 10}, {100, 50}, {60, 10}}}};
  const std::vector<QRectF> taken{QRectF(100, 50, 10, 10)};
  const auto places = placed_labels(wishes, kBounds, taken, {});
  REQUIRE(places[1]);
  CHECK(places[1]->topLeft() == QPointF(60, 10));
}

TEST_CASE("a label without a free place is left out") {
  const std::vector<LabelWish> wishes{{kSize, {{10, 10}}}, {kSize, {{12, 10}}}};
  const auto places = placed_labels(wishes, kBounds, {}, {});
  CHECK(places[0]);
  CHECK_FALSE(places[1]);
}

TEST_CASE("a label moves on where its first place hides a curve") {
  const std::vector<LabelWish> wishes{{kSize, {{10, 10}, {10, 40}}}};
  const std::vector<QPointF> curve{{20, 15}, {25, 15}};
  CHECK(placed_labels(wishes, kBounds, {}, curve)[0]->top() == 40);
}

TEST_CASE("an earlier label gives way when the later one has nowhere else to go") {
  const std::vector<LabelWish> wishes{{kSize, {{10, 10}, {10, 40}}}, {kSize, {{12, 10}}}};
  const auto places = placed_labels(wishes, kBounds, {}, {});
  REQUIRE(places[0]);
  REQUIRE(places[1]);
  CHECK(places[0]->top() == 40);
  CHECK(places[1]->top() == 10);
}

TEST_CASE("places inside a room too small for the text are none") {
  CHECK(places_inside(QRectF(0, 0, 30, 30), kSize).empty());
  CHECK(places_inside(QRectF(0, 0, 100, 30), kSize).front() == QPointF(6, 6));
}
