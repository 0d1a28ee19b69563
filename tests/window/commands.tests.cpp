// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <optional>

#include "gui/models/csv_table_model.hpp"
#include "gui/panels/command_bar.hpp"
#include "tests/window/opened_window.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

namespace {

/// The command line's program; empty where it is not built.
QString roofcast_program() {
  const QString named = qEnvironmentVariable("ROOFCAST_PROGRAM");
  const QDir here(QCoreApplication::applicationDirPath());
  for (const QString& place : {named, here.filePath("roofcast"), here.filePath("../bin/roofcast")})
    if (!place.isEmpty() && QFileInfo(place).isExecutable()) return place;
  return {};
}

/// What a shell prints for the line; nothing where the program is not built.
std::optional<std::string> printed(const QString& line) {
  const QString program = roofcast_program();
  if (program.isEmpty()) {
    WARN("roofcast is not built beside this program, so it is not asked");
    return {};
  }
  QProcess run;
  run.start("/bin/sh", {"-c", "'" + program + "' " + line.mid(line.indexOf(' '))});
  REQUIRE(run.waitForFinished());
  CAPTURE(line.toStdString(), run.readAllStandardError().toStdString());
  CHECK(run.exitCode() == 0);
  return run.readAllStandardOutput().toStdString();
}

/// Words with one blank between them.
std::string unwrapped(const std::string& text) {
  return QString::fromStdString(text).simplified().toStdString();
}

/// The value behind `"key":` in JSON.
std::string json_value(const std::string& json, const std::string& key) {
  const auto at = json.find('"' + key + '"');
  REQUIRE(at != std::string::npos);
  const auto begin = json.find_first_not_of(" :", at + key.size() + 2);
  return json.substr(begin, json.find_first_of(",}\n", begin) - begin);
}

}  // namespace

TEST_CASE("The copied command prints the figures that the window shows") {
  OpenedWindow w;
  w.example(0);
  w.window.command().copy();
  QStringList words = QApplication::clipboard()->text().split(' ');
  REQUIRE(words.mid(0, 3) == QStringList{"roofcast", "estimate", "llama-3.1-70b"});
  const QString program = roofcast_program();
  if (program.isEmpty()) {
    WARN("roofcast is not built beside this program, so it is not asked");
    return;
  }
  QProcess run;
  run.start(program, words.mid(1) << "--json");
  REQUIRE(run.waitForFinished());
  const auto json = run.readAllStandardOutput().toStdString();
  const Estimate& shown = *w.session().answer()->estimate;
  CHECK(std::stod(json_value(json, "max_batch")) == shown.limits.max_batch);
  CHECK(std::stod(json_value(json, "step_ms")) == Approx(shown.rates.step.in(units::ms)).epsilon(1e-9));
  CHECK(std::stod(json_value(json, "tokens_s_gpu")) == Approx(shown.rates.tokens_s_gpu).epsilon(1e-9));
}

TEST_CASE("On the tabs of sweeps and plans the command is that of what was run") {
  OpenedWindow w;
  w.example(1);
  w.session().edit(&ScenarioDocument::gpus, "8");
  w.session().edit(&ScenarioDocument::rps, "2");
  REQUIRE(w.settle());
  auto& sweep = w.window.tabs().sweep();
  w.window.tabs().setCurrentWidget(&sweep);
  sweep.axis("batch")->setText("1..8:x2");
  sweep.axis("context")->setText("4Ki,8Ki");
  sweep.axis("tp")->setText("2,4");
  sweep.axis("attention")->setText("own,mqa");
  sweep.run();
  REQUIRE(w.settle());
  const auto swept = w.window.command().command();
  CHECK(swept.startsWith("roofcast sweep "));
  for (const char* words : {"--batch 1..8:x2", "--context 4Ki,8Ki", "--tp 2,4", "--attention own,mqa", "--gpus 8"})
    CHECK(swept.contains(words));
  sweep.axis("batch")->setText("1");  // not run
  CHECK(w.window.command().command() == swept);
  if (const auto rows = printed(swept)) CHECK(*rows == sweep.table().model().table()->sample(1000));

  w.session().edit(&ScenarioDocument::isl, "2Ki");
  w.session().edit(&ScenarioDocument::osl, "256");
  w.session().edit(&ScenarioDocument::kv_dtype, "fp8");
  w.session().edit(&ScenarioDocument::price, "2");
  REQUIRE(w.settle());
  auto& plan = w.window.tabs().plan();
  w.window.tabs().setCurrentWidget(&plan);
  plan.findChild<QLineEdit*>("demand")->setText("7");
  plan.run();
  REQUIRE(w.settle());
  const auto planned = w.window.command().command();
  CHECK(planned.startsWith("roofcast plan "));
  CHECK(planned.contains("--rps 7"));
  CHECK(planned.contains("--kv-dtype fp8"));
  CHECK(planned.contains("--price 2"));
  CHECK_FALSE(planned.contains("--tp "));  // searched
  if (const auto words = printed(planned)) {
    const auto sentence = plan.verdictText().mid(plan.verdictText().indexOf(": ") + 2).toStdString();
    CAPTURE(*words);
    CHECK(unwrapped(*words).find(sentence) != std::string::npos);
  }
  w.window.tabs().setCurrentIndex(0);
  CHECK(w.window.command().command().startsWith("roofcast estimate "));
}

TEST_CASE("On the tab of validations the command prints the scores that are shown") {
  OpenedWindow w;
  CHECK(w.window.command().isHidden());
  const QTemporaryDir folder;
  const QString path = folder.filePath("measured rows.csv");  // a shell needs quotes for it
  QFile file(path);
  REQUIRE(file.open(QIODevice::WriteOnly));
  file.write(
      "op,hardware,framework,dtype,m,n,k,latency_us\n"
      "gemm,h100-sxm,vllm,bf16,1,4096,4096,14\n"
      "gemm,h100-sxm,vllm,bf16,4096,4096,4096,210\n");
  file.close();
  w.window.openFile(path);
  REQUIRE(w.settle());
  const QString line = w.window.command().command();
  CHECK(line == "roofcast validate '" + path + "'");
  CHECK_FALSE(w.window.command().isHidden());
  if (const auto scores = printed(line + " --csv"))
    CHECK(*scores == w.window.tabs().validate().scores().model().table()->sample(1000));
  w.example(0);
  w.window.tabs().setCurrentWidget(&w.window.tabs().validate());
  CHECK(w.window.command().command() == line);
  w.window.tabs().setCurrentIndex(0);
  CHECK(w.window.command().command().startsWith("roofcast estimate "));
}
