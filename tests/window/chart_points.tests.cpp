// SPDX-License-Identifier: GPL-3.0-or-later
/// Points of charts by key and by click, beside the table and the inspector.
#include <catch2/catch.hpp>

#include <QTableView>
#include <algorithm>

#include "gui/charts/figure_view.hpp"
#include "gui/panels/inspector_panel.hpp"
#include "tests/window/opened_window.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

TEST_CASE("A chart is walked by key to a point that Return selects, and its name says where one is") {
  OpenedWindow w;
  w.window.resize(1400, 900);
  w.example(1);
  w.window.tabs().setCurrentIndex(static_cast<int>(ChartKind::throughput));
  REQUIRE(w.settle());
  FigureView& view = w.chart(ChartKind::throughput).view();
  const QString title = view.accessibleName();
  view.setFocus();
  QTest::keyClick(&view, Qt::Key_Down);
  QTest::keyClick(&view, Qt::Key_Home);
  CHECK(view.accessibleName().startsWith(title + ": "));
  const QString first = view.accessibleName();
  QTest::keyClick(&view, Qt::Key_Right);
  CHECK(view.accessibleName() != first);
  QTest::keyClick(&view, Qt::Key_Home);
  QTest::keyClick(&view, Qt::Key_Return);
  REQUIRE(w.settle());
  REQUIRE(w.session().selection());
  CHECK(w.session().selection()->batch == 1);
}

TEST_CASE("An operator under the roofs is the row of the inspector, and the reverse") {
  OpenedWindow w;
  w.window.resize(1400, 900);
  w.example(3);
  w.window.tabs().showChart(ChartKind::roofline);
  REQUIRE(w.settle());
  auto* table = w.window.inspector().findChild<QTableView*>();
  const auto shown = [&] { return table->currentIndex().siblingAtColumn(0).data().toString().toStdString(); };
  FigurePanel& panel = w.chart(ChartKind::roofline);
  const auto& series = panel.figure()->panes[0].series;
  const auto click = [&](std::string_view step, std::size_t point) {
    const auto found = std::ranges::find_if(series, [&](const auto& s) { return s.name.starts_with(step); });
    REQUIRE(found != series.end());
    REQUIRE(found->points.at(point).ruler);
    emit panel.pointClicked(0, static_cast<int>(found - series.begin()), static_cast<int>(point));
    REQUIRE(w.settle());
    REQUIRE(w.session().selection());
    REQUIRE(w.session().selection()->op);
    CHECK(found->points[point].text.find(", " + shown() + ":") != std::string::npos);
    CHECK(shown() == w.session().selection()->op->name);
  };
  click("decode, batch 1", 2);
  CHECK(w.session().selection()->batch == 1);
  click("prefill", 1);
  CHECK_FALSE(w.session().selection()->batch);
  CHECK(table->model()->headerData(0, Qt::Horizontal).toString() == "operator of the prefill");
  QTest::keyClick(&w.window, Qt::Key_Escape);
  REQUIRE(w.settle());
  CHECK(table->model()->headerData(0, Qt::Horizontal).toString() == "operator");
  table->selectRow(0);
  REQUIRE(waited([&] { return w.session().selection().has_value(); }));
  REQUIRE(w.settle());
  CHECK(w.session().selection()->op == SelectedOperator{.phase = Phase::decode, .name = shown()});
  CHECK(shown() == table->model()->index(0, 0).data().toString().toStdString());
  CHECK_FALSE(w.window.results().view().selectionModel()->hasSelection());  // an operator is no row
}
