// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/figure_view.hpp"

#include <catch2/catch.hpp>

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

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
