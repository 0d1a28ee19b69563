// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QCompleter>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <algorithm>

#include "gui/charts/figure_view.hpp"
#include "gui/figure_export.hpp"
#include "gui/models/csv_table_model.hpp"
#include "gui/palette_theme.hpp"
#include "gui/panels/error_bar.hpp"
#include "gui/panels/inspector_panel.hpp"
#include "gui/window_memory.hpp"
#include "tests/window/opened_window.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

namespace {

QString written(const QTemporaryDir& folder, const char* name, const QByteArray& bytes) {
  const QString path = folder.filePath(name);
  QFile file(path);
  REQUIRE(file.open(QIODevice::WriteOnly));
  file.write(bytes);
  return path;
}

/// Something of the chart is drawn: not all pixels inside are of one colour.
bool is_drawn(FigurePanel& panel) {
  const QImage picture = panel.view().grab().toImage();
  const QRgb corner = picture.pixel(3, 3);
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x)
      if (picture.pixel(x, y) != corner) return true;
  return false;
}

}  // namespace

TEST_CASE("A newcomer types a model and a GPU and gets every chart with its labels") {
  OpenedWindow w;
  w.window.resize(1200, 800);
  w.type(&ScenarioDocument::model, "llama-3.1-8b");
  w.type(&ScenarioDocument::hardware, "h100-sxm");
  w.type(&ScenarioDocument::context, "16Ki");
  REQUIRE_FALSE(w.session().stale());
  for (int tab = 0; tab < 5; ++tab) {
    w.window.tabs().setCurrentIndex(tab);
    REQUIRE(w.settle());
    FigurePanel& panel = w.chart(static_cast<ChartKind>(tab));
    REQUIRE(panel.figure());
    CHECK(is_drawn(panel));
    CHECK(panel.view().texts().size() > 8);
    CHECK_FALSE(panel.figure()->panes.front().series.empty());
  }
}

TEST_CASE("A model is found by any part of its name") {
  OpenedWindow w;
  REQUIRE(
      waited([&] { return w.window.scenario().edit(&ScenarioDocument::model)->findChild<QComboBox*>()->count() > 0; }));
  QLineEdit* line = w.line(&ScenarioDocument::model);
  line->setFocus();
  QTest::keyClicks(line, "mixtral-8x7");
  QAbstractItemView* popup = line->completer()->popup();
  REQUIRE(waited([&] { return popup->isVisible(); }, 5000));
  QTest::keyClick(popup, Qt::Key_Down);
  QTest::keyClick(popup, Qt::Key_Return);
  REQUIRE(w.settle());
  CHECK(w.session().document().model->starts_with("mixtral-8x7b"));
  CHECK(line->text().toStdString() == *w.session().document().model);
}

TEST_CASE("A wrong value is marked in place with its reason, the chart is greyed, and mending it ends that") {
  OpenedWindow w;
  w.example(0);
  w.type(&ScenarioDocument::tpot, "12");
  FieldEdit* edit = w.window.scenario().edit(&ScenarioDocument::tpot);
  CHECK_FALSE(edit->problem().isEmpty());
  CHECK(w.window.errors().shownText().contains("--tpot"));
  CHECK(w.session().stale());
  w.type(&ScenarioDocument::tpot, "60ms");
  CHECK(edit->problem().isEmpty());
  CHECK(w.window.errors().shownText().isEmpty());
  CHECK_FALSE(w.session().stale());
}

TEST_CASE("A verdict of values that are not those typed now is veiled as its figures are") {
  OpenedWindow w;
  w.example(0);
  auto* verdict = w.window.inspector().findChild<QLabel*>("verdict");
  REQUIRE(verdict != nullptr);
  CHECK(verdict->isEnabled());
  const auto colour = [&](QPalette::ColorGroup group) { return verdict->palette().color(group, QPalette::WindowText); };
  CHECK(colour(QPalette::Disabled) != colour(QPalette::Active));
  w.type(&ScenarioDocument::tp, "x");
  CHECK_FALSE(verdict->isEnabled());
  w.type(&ScenarioDocument::tp, "8");
  CHECK(verdict->isEnabled());
}

TEST_CASE("A verdict is readable in the theme that is chosen after it was found") {
  OpenedWindow w;
  w.example(0);
  const auto* verdict = w.window.inspector().findChild<QLabel*>("verdict");
  for (const QPalette& theme : {dark_palette(), light_palette()}) {
    QApplication::setPalette(theme);
    QCoreApplication::processEvents();
    CHECK(verdict->palette().color(QPalette::WindowText) == good_colour(theme));
  }
  QApplication::setPalette(QPalette());
}

TEST_CASE("What was typed in a field is undone by key when the field is left, and redone") {
  OpenedWindow w;
  w.example(0);
  w.window.activateWindow();
  REQUIRE(waited([&] { return w.window.isActiveWindow(); }));
  REQUIRE(w.session().document().tp == "8");
  QLineEdit* line = w.line(&ScenarioDocument::tp);
  line->setFocus();
  line->selectAll();
  QTest::keyClicks(line, "4");
  QTest::keyClick(line, Qt::Key_Tab);
  REQUIRE(w.session().document().tp == "4");
  REQUIRE(QApplication::focusWidget() != line);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
  CHECK(w.session().document().tp == "8");
  CHECK(line->text() == "8");
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  CHECK(w.session().document().tp == "4");
  QWidget* combo = w.window.scenario().edit(&ScenarioDocument::hardware)->findChild<QComboBox*>();
  combo->setFocus();
  QTest::keyClick(combo, Qt::Key_Z, Qt::ControlModifier);
  CHECK(w.session().document().tp == "8");
}

TEST_CASE("A click on a curve selects the same point in the table and the inspector") {
  OpenedWindow w;
  w.window.resize(1400, 900);
  w.example(1);
  w.window.tabs().setCurrentIndex(static_cast<int>(ChartKind::throughput));
  REQUIRE(w.settle());
  FigurePanel& panel = w.chart(ChartKind::throughput);
  emit panel.pointClicked(0, 0, 0);
  REQUIRE(w.settle());
  REQUIRE(w.session().selection());
  CHECK(w.session().selection()->batch == 1);
  REQUIRE(w.window.results().view().currentIndex().isValid());
  CHECK(w.window.results().model().record(w.window.results().view().currentIndex().row()) == 0);
  REQUIRE(w.session().answer()->selected);
  CHECK(w.session().answer()->selected->batch == 1);
  CHECK(w.window.inspector().command().contains("--batch 1"));
  QTest::keyClick(&w.window, Qt::Key_Escape);
  REQUIRE(w.settle());
  CHECK_FALSE(w.session().selection());
}

TEST_CASE("A row of the table selects its point") {
  OpenedWindow w;
  w.example(1);
  auto& view = w.window.results().view();
  view.setCurrentIndex(w.window.results().model().index(2, 0));
  REQUIRE(w.settle());
  REQUIRE(w.session().selection());
  CHECK(*w.session().selection() == w.session().answer()->rows.points[2]);
}

TEST_CASE("Charts are exported as SVG, PNG and the CSV of their values") {
  OpenedWindow w;
  w.example(1);
  const QTemporaryDir folder;
  const auto& figure = *w.chart(ChartKind::limits).figure();
  for (const char* name : {"a.svg", "a.png", "a.csv"}) {
    REQUIRE(export_figure(figure, folder.filePath(name)));
    CHECK(QFile(folder.filePath(name)).size() > 500);
  }
  CHECK(QImage(folder.filePath("a.png")).width() > 1000);
  CHECK_FALSE(export_figure(figure, folder.filePath("a.doc")));
}

TEST_CASE("A scenario that is saved is the same when it is opened again") {
  OpenedWindow w;
  w.example(2);
  const QTemporaryDir folder;
  const QString file = folder.filePath("mine.roofcast.json");
  const ScenarioDocument document = w.session().document();
  REQUIRE(w.window.saveTo(file));
  w.window.newScenario();
  CHECK(w.session().document() == ScenarioDocument{});
  w.window.openFile(file);
  REQUIRE(w.settle());
  CHECK(w.session().document() == document);
  CHECK(w.window.windowTitle().contains("mine.roofcast.json"));
}

TEST_CASE("A file that cannot be read is told at the top, and what is open stays") {
  OpenedWindow w;
  w.example(1);
  const ScenarioDocument document = w.session().document();
  const QTemporaryDir folder;
  const auto refused = [&](const QString& file) {
    w.window.openFile(file);
    w.settle();
    CHECK(w.session().document() == document);
    return w.window.errors().shownText();
  };
  CHECK(refused(folder.filePath("none.json")).contains("none.json"));
  const QString scenario = written(folder, "s.json", R"({"schema": "roofcast/scenario/1", "modle": "x"})");
  CHECK(refused(scenario).contains("modle"));
  CHECK(refused(written(folder, "config.json", R"({"model_type": "nothing-known"})")).contains("config.json"));
  CHECK(refused(written(folder, "d.json", R"({"schema": "roofcast/device/1"})")).contains("d.json"));
  CHECK(refused(written(folder, "t.csv", "a,b\n1,2\n")).contains("unknown columns"));
  CHECK(refused(written(folder, "b.bin", QByteArray("\x01\0\x02", 3))).contains("b.bin"));
  CHECK(refused(written(folder, "m.csv", "op,batch\ndecode_attention,x\n")).contains("m.csv"));
}

TEST_CASE("Measured kernels are validated, and stand hollow under the roofs of their device") {
  OpenedWindow w;
  w.example(1);
  const QTemporaryDir folder;
  w.window.openFile(
      written(folder, "measured.csv",
              "op,hardware,framework,framework_version,kernel,batch,context_tokens,heads,kv_heads,head_dim,"
              "window_tokens,q_dtype,kv_dtype,latency_us\n"
              "decode_attention,h100-sxm,vllm,0.9,fa3,8,8192,32,8,128,0,bf16,bf16,120\n"));
  REQUIRE(w.settle());
  CHECK(w.window.errors().shownText().isEmpty());
  CHECK(w.window.tabs().validate().rows().model().rowCount() == 1);
  REQUIRE(w.window.tabs().validate().chart().figure());
  w.window.tabs().showChart(ChartKind::roofline);
  REQUIRE(w.settle());
  const auto& series = w.chart(ChartKind::roofline).figure()->panes.front().series;
  CHECK(std::ranges::count(series, SeriesShape::hollow_marks, &ChartSeries::shape) == 1);
}

TEST_CASE("A sweep of the scenario runs into charts and a table, and its CSV opens again") {
  OpenedWindow w;
  w.example(1);
  auto& sweep = w.window.tabs().sweep();
  w.window.tabs().setCurrentWidget(&sweep);
  sweep.axis("batch")->setText("1..8:x2");
  sweep.axis("context")->setText("4Ki,8Ki");
  sweep.axis("attention")->setText("own,mqa");
  sweep.run();
  REQUIRE(w.settle());
  CHECK(sweep.table().model().rowCount() == 16);  // 4 batches x 2 contexts x 2 variants
  REQUIRE(sweep.chart().figure());
  const auto csv = sweep.table().model().table()->sample(16);
  const QTemporaryDir folder;
  w.window.openFile(written(folder, "sweep.csv", QByteArray::fromStdString(csv)));
  REQUIRE(w.settle());
  CHECK(sweep.table().model().rowCount() == 16);
  sweep.axis("batch")->setText("1..x");
  sweep.run();
  REQUIRE(w.settle());
  CHECK(w.window.errors().shownText().contains("--batch"));
}

TEST_CASE("A sweep that is cancelled leaves the table as it was") {
  OpenedWindow w;
  w.example(1);
  auto& sweep = w.window.tabs().sweep();
  sweep.axis("batch")->setText("1..100000");
  sweep.axis("context")->setText("4Ki");
  sweep.run();
  sweep.cancel();
  REQUIRE(w.settle());
  CHECK(sweep.table().model().rowCount() == 0);
}

TEST_CASE("A plan finds deployments for a demand, and says why where it cannot be asked") {
  OpenedWindow w;
  w.example(0);
  auto& plan = w.window.tabs().plan();
  w.window.tabs().setCurrentWidget(&plan);
  plan.run();
  REQUIRE(w.settle());
  CHECK(plan.verdictText().contains("YES"));
  REQUIRE(plan.chart().figure());
  CHECK(plan.table().model().rowCount() > 0);
  plan.findChild<QLineEdit*>("demand")->setText("many");
  plan.run();
  REQUIRE(w.settle());
  CHECK(w.window.errors().shownText().contains("--rps"));
}

TEST_CASE("The frontier of a scenario alone names its layouts, beside others each scenario is one colour") {
  OpenedWindow w;
  w.example(1);
  w.session().unpin_all();
  w.window.tabs().showChart(ChartKind::pareto);
  REQUIRE(w.settle());
  const auto listed = [&](std::string_view name) {
    const auto& series = w.chart(ChartKind::pareto).figure()->panes.front().series;
    return std::ranges::count(series, name, &ChartSeries::name) > 0;
  };
  CHECK(listed("tp 2"));
  CHECK(listed("tp 4"));
  w.session().pin();
  w.session().edit(&ScenarioDocument::attention, "mqa");
  REQUIRE(w.settle());
  CHECK(listed("mqa"));
  CHECK_FALSE(listed("tp 2"));
}

TEST_CASE("Every tab of a small window leaves the inspector the room of its buttons") {
  OpenedWindow w;
  w.window.resize(1024, 700);
  w.example(0);
  const auto buttons = w.window.inspector().findChildren<QPushButton*>();
  REQUIRE_FALSE(buttons.empty());
  for (int tab = 0; tab < w.window.tabs().count(); ++tab) {
    w.window.tabs().setCurrentIndex(tab);
    if (w.window.tabs().currentWidget() == &w.window.tabs().plan()) w.window.tabs().plan().run();
    REQUIRE(w.settle());
    QTest::qWait(30);
    CAPTURE(tab, w.window.tabs().minimumSizeHint().width(), w.window.inspector().minimumSizeHint().width(),
            w.window.scenario().minimumSizeHint().width());
    CHECK(w.window.width() == 1024);
    for (const auto* button : buttons) CHECK(button->width() >= button->minimumSizeHint().width());
  }
}

TEST_CASE("What was typed and never saved is there at the next start") {
  const SessionState typed{.document = {.model = "llama-3.1-8b", .tpot = "4"}, .pins = {{.model = "x"}}};
  const Offscreen application;
  const OwnSettings settings;
  keep_unsaved(typed);
  CHECK(unsaved() == typed);
  keep_unsaved({});
  CHECK(unsaved() == SessionState{});
}
