// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/figure_picture.hpp"

#include <catch2/catch.hpp>

#include <QImage>
#include <QSet>
#include <QXmlStreamReader>

#include "gui/charts/figure_scene.hpp"
#include "tests/gui/offscreen.hpp"
#include "tests/gui/sample_charts.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

namespace {

constexpr QSize kSize{600, 400};

QImage image(const Figure& figure, const ChartTheme& theme) {
  return QImage::fromData(png_picture(figure, theme, kSize), "PNG");
}

}  // namespace

TEST_CASE("an SVG has every text as text and no bitmap") {
  const Offscreen application;
  const QString svg = QString::fromUtf8(svg_picture(throughput_chart(), light_theme(), {1200, 800}));
  CHECK_FALSE(svg.contains("<image"));
  CHECK(svg.contains("width=\"1200\" height=\"800\""));
  for (const DrawnText& text : FigureScene(throughput_chart(), light_theme(), QSizeF(1200, 800)).texts()) {
    CAPTURE(text.text.toStdString());
    CHECK(svg.contains(">" + text.text + "<"));
  }
}

TEST_CASE("an SVG of a cloud has no bitmap either") {
  const Offscreen application;
  std::vector<ChartPoint> points;
  for (int i = 0; i < 3000; ++i) points.push_back({.x = 1.0 + i % 71, .y = 1.0 + i % 97});
  CHECK_FALSE(svg_picture(scatter(points), light_theme(), kSize).contains("<image"));
}

TEST_CASE("a PNG has two pixels per pixel of the size, curves in the colours of their series, and letters") {
  const Offscreen application;
  const ChartTheme theme = light_theme();
  const QImage picture = image(throughput_chart(), theme);
  REQUIRE(picture.size() == 2 * kSize);
  QSet<QRgb> colours;
  int dark_in_title = 0;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      colours.insert(picture.pixel(x, y));
      dark_in_title += y < 70 && x < 600 && qGray(picture.pixel(x, y)) < 100 ? 1 : 0;
    }
  }
  for (int colour = 0; colour < 4; ++colour) CHECK(colours.contains(theme.series(colour).rgb()));
  CHECK(dark_in_title > 500);
}

TEST_CASE("a dark picture is dark and a light one is light") {
  const Offscreen application;
  CHECK(qGray(image(memory_chart(), dark_theme()).pixel(2, 2)) < 60);
  CHECK(qGray(image(memory_chart(), light_theme()).pixel(2, 2)) > 240);
  CHECK(svg_picture(memory_chart(), dark_theme(), kSize) != svg_picture(memory_chart(), light_theme(), kSize));
}

TEST_CASE("texts with the signs of XML leave an SVG well-formed") {
  const Offscreen application;
  Figure figure = throughput_chart();
  figure.title = "a < b & \"c\" > d";
  figure.subtitle = "<script>alert(1)</script>";
  figure.panes[0].series[0].name = "x & y";
  QXmlStreamReader reader(svg_picture(figure, light_theme(), kSize));
  QString texts;
  while (!reader.atEnd()) {
    if (reader.readNext() == QXmlStreamReader::Characters) texts += reader.text();
    CHECK(reader.name() != QString("script"));
  }
  CHECK_FALSE(reader.hasError());
  CHECK(texts.contains("a < b & \"c\" > d"));
  CHECK(texts.contains("x & y"));
}

TEST_CASE("the same figure is the same file") {
  const Offscreen application;
  CHECK(svg_picture(throughput_chart(), light_theme(), kSize) == svg_picture(throughput_chart(), light_theme(), kSize));
}

TEST_CASE("a picture is drawn of a figure without panes, series or points") {
  const Offscreen application;
  const auto figure = GENERATE(Figure{}, Figure{.title = "empty", .panes = {{}}}, scatter({}));
  CHECK(svg_picture(figure, light_theme(), kSize).contains("</svg>"));
}

TEST_CASE("a picture is written whole or not at all") {
  const Offscreen application;
  const test::TemporaryFolder folder;
  CHECK(write_picture(memory_chart(), light_theme(), kSize, folder / "a.svg"));
  CHECK(std::filesystem::file_size(folder / "a.svg") > 1000);
  const auto failed = write_picture(memory_chart(), light_theme(), kSize, folder / "missing" / "a.svg");
  REQUIRE_FALSE(failed);
  CHECK(failed.error().front().kind == ErrorKind::file);
  CHECK_FALSE(write_picture(memory_chart(), light_theme(), kSize, folder / "a.pdf"));
  CHECK_FALSE(std::filesystem::exists(folder / "a.pdf"));
}
