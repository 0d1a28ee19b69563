// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/figure_view.hpp"

#include <catch2/catch.hpp>

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "gui/charts/pane_ruler.hpp"
#include "gui/charts/plot_area.hpp"
#include "tests/gui/offscreen.hpp"
#include "tests/gui/sample_charts.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

namespace {

/// A view of one scatter plot, and where its points are.
struct Shown {
  Offscreen application{};
  FigureView view{};

  Shown() {
    view.resize(800, 600);
    view.show();
    view.setFigure(scatter({{.x = 10, .y = 10, .text = "ten"}, {.x = 90, .y = 90}}), light_theme());
  }
  [[nodiscard]] PaneView& pane() { return static_cast<FigureScene*>(view.scene())->panes()[0]; }
  [[nodiscard]] QPoint at(double x, double y) { return pane().area().pixel({x, y}).toPoint(); }
  void wheel(QPoint where, int notches) {
    QWheelEvent event(where, view.viewport()->mapToGlobal(where), {}, {0, 120 * notches}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &event);
  }
  void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) {
    QTest::mousePress(view.viewport(), Qt::LeftButton, modifiers, from);
    QTest::mouseMove(view.viewport(), to);
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, modifiers, to);
  }
};

}  // namespace

TEST_CASE("the wheel zooms about the cursor, and what is undone is as it was") {
  Shown shown;
  const PaneWindow before = shown.view.window(0);
  const QPoint cursor = shown.at(50, 50);
  shown.wheel(cursor, 1);
  const PaneWindow after = shown.view.window(0);
  CHECK(after.x.span() == Approx(before.x.span() / 1.25));
  CHECK((shown.at(50, 50) - cursor).manhattanLength() <= 2);
  shown.view.undoZoom();
  CHECK(shown.view.window(0) == before);
  shown.view.undoZoom();  // nothing left to undo
  CHECK(shown.view.window(0) == before);
}

TEST_CASE("dragging a box shows what is in it, a double click everything") {
  Shown shown;
  const PaneWindow fitted = shown.view.window(0);
  shown.drag(shown.at(20, 80), shown.at(60, 40));
  CHECK(shown.view.window(0).x.low == Approx(20).margin(0.3));
  CHECK(shown.view.window(0).x.high == Approx(60).margin(0.3));
  CHECK(shown.view.window(0).y.low == Approx(40).margin(0.3));
  CHECK(shown.view.window(0).y.high == Approx(80).margin(0.3));
  QTest::mouseDClick(shown.view.viewport(), Qt::LeftButton, {}, shown.at(40, 60));
  CHECK(shown.view.window(0) == fitted);
}

TEST_CASE("dragging with Shift moves the window and keeps its width") {
  Shown shown;
  const PaneWindow before = shown.view.window(0);
  shown.drag(shown.at(50, 50), shown.at(40, 50), Qt::ShiftModifier);
  CHECK(shown.view.window(0).x.low == Approx(before.x.low + 10).margin(0.3));
  CHECK(shown.view.window(0).x.span() == Approx(before.x.span()));
}

TEST_CASE("a click on a point says which one, a click beside it nothing") {
  Shown shown;
  const QSignalSpy clicked(&shown.view, &FigureView::pointClicked);
  QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.at(10, 10) + QPoint(3, 3));
  REQUIRE(clicked.size() == 1);
  CHECK(clicked[0] == QList<QVariant>{0, 0, 0});
  QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.at(50, 50));
  CHECK(clicked.size() == 1);
}

TEST_CASE("hovering says the point once, and that it was left") {
  Shown shown;
  const QSignalSpy hovered(&shown.view, &FigureView::pointHovered);
  QTest::mouseMove(shown.view.viewport(), shown.at(90, 90));
  QTest::mouseMove(shown.view.viewport(), shown.at(90, 90) + QPoint(1, 1));
  QTest::mouseMove(shown.view.viewport(), shown.at(50, 50));
  REQUIRE(hovered.size() == 2);
  CHECK(hovered[0] == QList<QVariant>{0, 0, 1});
  CHECK(hovered[1] == QList<QVariant>{-1, -1, -1});
}

TEST_CASE("a recomputed figure keeps the window, another chart does not") {
  Shown shown;
  shown.wheel(shown.at(50, 50), 2);
  const PaneWindow zoomed = shown.view.window(0);
  shown.view.setFigure(scatter({{.x = 10, .y = 12}, {.x = 90, .y = 90}}), dark_theme());
  CHECK(shown.view.window(0) == zoomed);
  shown.view.setFigure(memory_chart(), dark_theme());
  CHECK(shown.view.window(0) == fitted_window(memory_chart().panes[0]));
}

namespace {

/// Two curves, the second one above the first and shorter, and a roof that no legend names.
Figure curves() {
  const auto curve = [](const char* name, double y, std::initializer_list<double> xs) {
    ChartSeries s{.name = name};
    for (const double x : xs) s.points.push_back({.x = x, .y = y});
    return s;
  };
  Figure f{.title = "Curves", .panes = {{.series = {curve("low", 10, {10, 50, 90}), curve("high", 60, {10, 48})}}}};
  auto roof = curve("roof", 90, {0, 100});
  roof.in_legend = false;
  f.panes[0].series.push_back(roof);
  f.panes.push_back({.title = "below", .series = {curve("other", 30, {20, 80})}});
  return f;
}

}  // namespace

TEST_CASE("arrow keys, Home and End hover from point to point, Return clicks the one that is hovered") {
  Shown shown;
  shown.view.setFigure(curves(), light_theme());
  const QSignalSpy hovered(&shown.view, &FigureView::pointHovered);
  const QSignalSpy clicked(&shown.view, &FigureView::pointClicked);
  QTest::keyClick(&shown.view, Qt::Key_Return);  // nothing is hovered
  CHECK(clicked.isEmpty());
  const auto after = [&](Qt::Key key) {
    QTest::keyClick(&shown.view, key);
    return hovered.last();
  };
  const auto at = [](int pane, int series, int index) { return QList<QVariant>{pane, series, index}; };
  CHECK(after(Qt::Key_Right) == at(0, 1, 0));  // a walk begins at the left of the highest curve
  CHECK(after(Qt::Key_Right) == at(0, 1, 1));
  CHECK(after(Qt::Key_Right) == at(0, 1, 1));  // there is no more of it
  CHECK(after(Qt::Key_Down) == at(0, 0, 1));   // 50 is nearest to 48
  CHECK(after(Qt::Key_End) == at(0, 0, 2));
  CHECK(after(Qt::Key_Home) == at(0, 0, 0));
  CHECK(after(Qt::Key_Down) == at(1, 0, 0));  // the pane below
  CHECK(after(Qt::Key_Left) == at(1, 0, 0));
  CHECK(after(Qt::Key_Up) == at(0, 0, 0));
  QTest::keyClick(&shown.view, Qt::Key_Return);
  REQUIRE(clicked.size() == 1);
  CHECK(clicked[0] == at(0, 0, 0));
  CHECK(shown.view.words(0, {1, 0}) == "high");
  QTest::keyClick(&shown.view, Qt::Key_Up);
  CHECK(after(Qt::Key_Up) == at(0, 1, 0));  // the roof is passed over
}

TEST_CASE("a walk goes on from the point that is selected, over those in the window only") {
  Shown shown;
  shown.view.setFigure(curves(), light_theme());
  shown.view.setPinned(0, {{0, 1}});
  const QSignalSpy hovered(&shown.view, &FigureView::pointHovered);
  QTest::keyClick(&shown.view, Qt::Key_Left);
  CHECK(hovered.last() == QList<QVariant>{0, 0, 1});
  PaneWindow window = shown.view.window(0);
  window.x.low = 30;  // without the points at 10
  shown.view.setWindow(0, window);
  QTest::keyClick(&shown.view, Qt::Key_Home);
  CHECK(hovered.last() == QList<QVariant>{0, 0, 1});
  QTest::keyClick(&shown.view, Qt::Key_Up);
  CHECK(hovered.last() == QList<QVariant>{0, 1, 1});
}

TEST_CASE("bars are walked along their categories and up their stack") {
  Shown shown;
  shown.view.setFigure(memory_chart(), light_theme());
  const QSignalSpy hovered(&shown.view, &FigureView::pointHovered);
  QTest::keyClick(&shown.view, Qt::Key_Right);
  CHECK(hovered.last() == QList<QVariant>{0, 2, 0});  // the top of the first stack
  QTest::keyClick(&shown.view, Qt::Key_Right);
  CHECK(hovered.last() == QList<QVariant>{0, 2, 1});
  QTest::keyClick(&shown.view, Qt::Key_Down);
  CHECK(hovered.last() == QList<QVariant>{0, 1, 1});
}

TEST_CASE("a hovered point is measured against its roof: a line to it, the gap in words") {
  Shown shown;
  Figure f =
      scatter({{.x = 10, .y = 10, .ruler = ChartRuler{.to = 80, .label = "8x below HBM3 roof"}}, {.x = 90, .y = 90}});
  shown.view.setFigure(f, light_theme());
  const auto said = [&] {
    const auto texts = shown.view.texts();
    return std::ranges::find(texts, QString("8x below HBM3 roof"), &DrawnText::text) != texts.end();
  };
  CHECK_FALSE(said());
  QTest::mouseMove(shown.view.viewport(), shown.at(10, 10));
  CHECK(said());
  const Drawing ruler = point_ruler(f.panes[0], {0, 0}, shown.pane().area(), light_theme());
  const QRectF line = ruler.paths.front().path.boundingRect();
  CHECK(line.top() == Approx(shown.pane().area().y_pixel(80)));
  CHECK(line.bottom() == Approx(shown.pane().area().y_pixel(10)));
  CHECK(shown.pane().area().rect.contains(ruler.texts.front().box));
  QTest::mouseMove(shown.view.viewport(), shown.at(90, 90));
  CHECK_FALSE(said());
}

TEST_CASE("the keyboard zooms, undoes and fits") {
  Shown shown;
  const PaneWindow fitted = shown.view.window(0);
  QTest::keyClick(&shown.view, Qt::Key_Plus);
  CHECK(shown.view.window(0).x.span() < fitted.x.span());
  QTest::keyClick(&shown.view, Qt::Key_Backspace);
  CHECK(shown.view.window(0) == fitted);
  QTest::keyClick(&shown.view, Qt::Key_Minus);
  QTest::keyClick(&shown.view, Qt::Key_0);
  CHECK(shown.view.window(0) == fitted);
}
