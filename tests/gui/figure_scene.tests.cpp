// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/figure_scene.hpp"

#include <catch2/catch.hpp>

#include "tests/gui/offscreen.hpp"
#include "tests/gui/sample_charts.hpp"
#include "tests/support/sample_figure.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

namespace {

QStringList words(const FigureScene& scene) {
  QStringList all;
  for (const DrawnText& text : scene.texts()) all += text.text;
  return all;
}

}  // namespace

TEST_CASE("no text of a picture stands over another or leaves the picture") {
  const Offscreen application;
  const auto figure =
      GENERATE(throughput_chart(), roofline_chart(), memory_chart(), many_bars(), roofcast::tests::sample_figure());
  const auto size = GENERATE(QSizeF(1200, 800), QSizeF(700, 500), QSizeF(420, 360), QSizeF(1800, 1000));
  const FigureScene scene(figure, light_theme(), size);
  const std::vector<DrawnText> texts = scene.texts();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CAPTURE(figure.title, size.width(), texts[i].text.toStdString());
    CHECK(QRectF(QPointF(0, 0), size).contains(texts[i].box));
    for (std::size_t j = i + 1; j < texts.size(); ++j) {
      CAPTURE(texts[j].text.toStdString());
      // ascent and descent of lines below each other may share a pixel
      CHECK_FALSE(texts[i].box.adjusted(1, 2, -1, -2).intersects(texts[j].box.adjusted(1, 2, -1, -2)));
    }
  }
}

TEST_CASE("names of many bars stand upright and can be told from each other") {
  const Offscreen application;
  const FigureScene scene(many_bars(), light_theme(), QSizeF(490, 400));
  int upright = 0;
  for (const DrawnText& text : scene.texts()) {
    CHECK_FALSE(text.text.contains(QString::fromUtf8("\u2026")));  // nothing is left out
    if (!text.upright) continue;
    ++upright;
    CHECK(text.box.height() > text.box.width());
  }
  CHECK(upright == 2 * 16);  // "h100-sxm mha," and the tokens
  const FigureScene few(memory_chart(), light_theme(), QSizeF(490, 400));
  for (const DrawnText& text : few.texts()) CHECK_FALSE(text.upright);
}

TEST_CASE("the unit of a low pane is not cut, its title gives way") {
  const Offscreen application;
  Figure figure = throughput_chart();
  figure.panes[0].title = "Throughput of a GPU against speed for a user";
  figure.panes[0].y.title = "tokens/s per GPU and more words";
  const QStringList said = words(FigureScene(figure, light_theme(), QSizeF(490, 400)));
  CHECK(said.contains("tokens/s per GPU and more words"));
}

TEST_CASE("a picture says its title, grade, axes, ticks, legend, limits and footnotes") {
  const Offscreen application;
  const QStringList said = words(FigureScene(throughput_chart(), light_theme(), QSizeF(1200, 800)));
  for (const char* text : {"theoretical", "context 8Ki, weights bf16", "tokens/s", "tokens/s per user",
                           "concurrent sequences", "100", "10k", "mha", "gqa:8", "mqa", "out of memory", "TPOT 50 ms",
                           "64 users", "70 users", "All users", "Band: the prediction interval."}) {
    CAPTURE(text);
    CHECK(said.contains(text));
  }
  CHECK(said.count("mha") == 1);                   // one entry for both panes
  CHECK(said.count("concurrent sequences") == 1);  // the panes have the same axis
  CHECK(said.count("out of memory") == 8);
}

TEST_CASE("a long legend goes on in a new row instead of leaving the picture") {
  const Offscreen application;
  Figure figure = scatter({{.x = 1, .y = 1}});
  for (int i = 0; i < 30; ++i) {
    ChartSeries series = figure.panes[0].series[0];
    series.name = "deployment with tensor parallelism " + std::to_string(i);
    figure.panes[0].series.push_back(series);
  }
  const FigureScene scene(figure, light_theme(), QSizeF(900, 900));
  int entries = 0;
  for (const DrawnText& text : scene.texts()) {
    entries += text.text.startsWith("deployment") ? 1 : 0;
    CHECK(text.box.right() <= 900);
  }
  CHECK(entries == 30);
}

TEST_CASE("a legend takes no more than a quarter of the picture and counts the rest") {
  const Offscreen application;
  Figure figure = throughput_chart();
  for (int i = 0; i < 300; ++i) {
    ChartSeries series = figure.panes[0].series[0];
    series.name = "layout " + std::to_string(i);
    figure.panes[0].series.push_back(series);
  }
  const QSizeF size = GENERATE(QSizeF(480, 330), QSizeF(1200, 800));
  FigureScene scene(figure, light_theme(), size);
  int entries = 0;
  QString last;
  double top = size.height(), bottom = 0;
  for (const DrawnText& text : scene.texts()) {
    const bool entry = text.text.startsWith("layout ") || text.text.startsWith("gqa") || text.text.startsWith("m");
    if (text.text.startsWith("and ")) last = text.text;
    if (!(entry && text.style.pixels == kFootnoteText.pixels) && !text.text.startsWith("and ")) continue;
    entries += entry ? 1 : 0;
    top = std::min(top, text.box.top());
    bottom = std::max(bottom, text.box.bottom());
  }
  CAPTURE(size.width(), entries);
  CHECK(last.toStdString() == "and " + std::to_string(304 - entries) + " more");  // 300 and the four of the chart
  CHECK(bottom - top <= size.height() / 4);
  CHECK(scene.panes()[0].area().rect.height() > 20);
}

TEST_CASE("panes below each other have their plots in line") {
  const Offscreen application;
  FigureScene scene(throughput_chart(), light_theme(), QSizeF(1200, 800));
  CHECK(scene.panes()[0].area().rect.left() == scene.panes()[1].area().rect.left());
  CHECK(scene.panes()[0].area().rect.bottom() < scene.panes()[1].area().rect.top());
}

TEST_CASE("what the drawing leaves out stands in the footnotes") {
  const Offscreen application;
  const FigureScene scene(scatter({{.x = 0, .y = 1}, {.x = 1, .y = 1}}, AxisScale::logarithmic), light_theme(),
                          QSizeF(800, 600));
  CHECK(words(scene).join('\n').contains("1 point without a place on the axes left out"));
}

TEST_CASE("a bar without room for its text inside and beside it goes without") {
  const Offscreen application;
  const QStringList said = words(FigureScene(memory_chart(), light_theme(), QSizeF(1200, 800)));
  CHECK(said.count("16 GiB") == 3);
  CHECK(said.contains("capacity"));
  CHECK(said.contains("usable"));
}
