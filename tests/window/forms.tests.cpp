// SPDX-License-Identifier: GPL-3.0-or-later
/// Forms, files and the undo key.
#include <catch2/catch.hpp>

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QPushButton>

#include "gui/panels/command_bar.hpp"
#include "gui/panels/error_bar.hpp"
#include "gui/validation_view.hpp"
#include "tests/window/opened_window.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

namespace {

/// Measured rows of one kernel, as often as wanted.
QByteArray measured_rows(int rows) {
  QByteArray csv =
      "op,hardware,framework,framework_version,kernel,batch,context_tokens,heads,kv_heads,head_dim,"
      "window_tokens,q_dtype,kv_dtype,latency_us\n";
  for (int i = 0; i < rows; ++i) csv += "decode_attention,h100-sxm,vllm,0.9,fa3,8,8192,32,8,128,0,bf16,bf16,120\n";
  return csv;
}

QString put(const QTemporaryDir& folder, const char* name, const QByteArray& bytes) {
  const QString path = folder.filePath(name);
  QFile file(path);
  REQUIRE(file.open(QIODevice::WriteOnly));
  file.write(bytes);
  return path;
}

void press_undo(QWidget* at) {
  QTest::keyClick(at, Qt::Key_Z, Qt::ControlModifier);
}

}  // namespace

TEST_CASE("A plan and a validation that are cancelled leave nothing behind") {
  OpenedWindow w;
  w.example(0);
  auto& plan = w.window.tabs().plan();
  plan.run();
  plan.cancel();
  REQUIRE(w.settle());
  CHECK(plan.table().model().rowCount() == 0);
  CHECK(w.window.errors().shownText().isEmpty());
  const QTemporaryDir folder;
  auto& validate = w.window.tabs().validate();
  validate.open(put(folder, "m.csv", measured_rows(2000)));
  validate.cancel();
  REQUIRE(w.settle());
  CHECK(validate.rows().model().rowCount() == 0);
  CHECK(validate.command().isEmpty());
}

TEST_CASE("A validation ends where its stop is requested") {
  const Offscreen application;
  const QTemporaryDir folder;
  const QString file = put(folder, "m.csv", measured_rows(3));
  std::stop_source source;
  CHECK(validation_view(file, default_preset_roots(), source.get_token()));
  source.request_stop();
  const auto stopped = validation_view(file, default_preset_roots(), source.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().front().what == "was stopped");
}

TEST_CASE("Undo in a field of a form takes back its text, and then the scenario's last step") {
  OpenedWindow w;
  w.example(0);
  w.window.activateWindow();
  REQUIRE(waited([&] { return w.window.isActiveWindow(); }));
  w.type(&ScenarioDocument::tp, "4");
  const auto undone_in = [&](QLineEdit* line, int tab) {
    REQUIRE(w.session().document().tp == "4");
    if (tab >= 0) w.window.tabs().setCurrentIndex(tab);
    const QString before = line->text();
    line->setFocus();
    line->end(false);
    QTest::keyClicks(line, "7");
    press_undo(line);
    CHECK(line->text() == before);
    CHECK(w.session().document().tp == "4");
    press_undo(line);
    CHECK(w.session().document().tp == "8");
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);  // the field's own step first
    CHECK(line->text() == before + "7");
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    CHECK(w.session().document().tp == "4");
    press_undo(line);
  };
  auto& tabs = w.window.tabs();
  undone_in(tabs.sweep().axis("batch"), tabs.indexOf(&tabs.sweep()));
  undone_in(tabs.plan().findChild<QLineEdit*>("demand"), tabs.indexOf(&tabs.plan()));
  undone_in(w.window.results().findChild<QLineEdit*>(), 0);
}

TEST_CASE("A scenario whose lengths are a law is swept by that law, as its command says") {
  OpenedWindow w;
  w.example(0);
  auto& sweep = w.window.tabs().sweep();
  w.window.tabs().setCurrentWidget(&sweep);
  sweep.axis("context")->clear();
  sweep.axis("batch")->setText("1,2");
  w.session().edit(&ScenarioDocument::context, "");
  w.session().edit(&ScenarioDocument::isl, "lognormal:mean=2000,sigma=0.8");
  w.session().edit(&ScenarioDocument::osl, "500");
  REQUIRE(w.settle());
  CHECK(w.window.command().command().contains("--isl lognormal:mean=2000,sigma=0.8"));
  sweep.run();
  REQUIRE(w.settle());
  CHECK(w.window.errors().shownText().isEmpty());
  CHECK(sweep.table().model().rowCount() == 2);
}

TEST_CASE("What the cache takes is of the model that is typed, and nothing where there is none") {
  OpenedWindow w;
  auto* cache = w.window.scenario().findChild<QLabel*>("cache_label");
  const auto said = [&] { return cache->isHidden() ? QString() : cache->text(); };
  CHECK(said().isEmpty());
  w.type(&ScenarioDocument::model, "llama-3.1-8b");
  CHECK(said() == "KV 128 KiB per token");  // 32 layers x 2 x 8 heads x 128 x 2 B; no GPU yet
  w.type(&ScenarioDocument::attention, "mqa");
  CHECK(said() == "KV 16.0 KiB per token");
  w.type(&ScenarioDocument::model, "llama-none");
  CHECK(said().isEmpty());
  w.example(0);
  CHECK(said().startsWith("KV 320 KiB per token, 40.0 KiB on each GPU"));  // 80 layers; 8 heads on 8 GPUs
  w.window.showExample(worked_examples()[1]);
  CHECK(said().isEmpty());  // until it is known
  w.settle();
  CHECK(said().startsWith("KV 128 KiB per token"));
  w.window.newScenario();
  CHECK(said().isEmpty());
}

TEST_CASE("Pins are in the file of the scenario") {
  OpenedWindow w;
  w.example(1);
  const SessionState state = w.session().state();
  REQUIRE(state.pins.size() == 2);
  const QTemporaryDir folder;
  const QString file = folder.filePath("pinned.roofcast.json");
  REQUIRE(w.window.saveTo(file));
  w.window.newScenario();
  w.window.openFile(file);
  REQUIRE(w.settle());
  CHECK(w.session().state() == state);
  CHECK_FALSE(w.session().modified());
}

TEST_CASE("A scenario that could not be opened again is not saved, and the reason is told") {
  OpenedWindow w;
  w.example(0);
  w.type(&ScenarioDocument::tpot, "12");
  const QTemporaryDir folder;
  CHECK_FALSE(w.window.saveTo(folder.filePath("wrong.roofcast.json")));
  CHECK(w.window.errors().shownText().contains("--tpot"));
  CHECK_FALSE(QFile::exists(folder.filePath("wrong.roofcast.json")));
}
