// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/mark_shape.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

using namespace roofcast::gui;

TEST_CASE("sixteen curves differ in colour or mark") {
  const ChartTheme theme = light_theme();
  for (int i = 0; i < 16; ++i) {
    for (int j = 0; j < i; ++j) {
      CAPTURE(i, j);
      CHECK((theme.series(i) != theme.series(j) || mark_shape(i, {}, 8) != mark_shape(j, {}, 8)));
    }
  }
}

TEST_CASE("marks of a diameter are about as large as it, whatever their shape") {
  for (int i = 0; i < 8; ++i) {
    const QRectF box = mark_shape(i, {}, 8).boundingRect();
    CAPTURE(i);
    CHECK(box.width() > 7);
    CHECK(box.width() < 13);
    CHECK(box.contains(QPointF(0, 0)));
  }
}

TEST_CASE("a palette has eight colours that stand out from their background") {
  const auto theme = GENERATE(light_theme(), dark_theme());
  REQUIRE(theme.palette.size() == 8);
  for (const QColor& colour : theme.palette) {
    CAPTURE(theme.name.toStdString(), colour.name().toStdString());
    CHECK(std::abs(qGray(colour.rgb()) - qGray(theme.plot.rgb())) > 70);
  }
}
