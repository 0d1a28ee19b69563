// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <QAbstractItemModelTester>
#include <QFile>

#include "gui/models/csv_table_model.hpp"
#include "gui/models/operator_model.hpp"
#include "hwmodels/scenario_resolution.hpp"
#include "tests/window/opened_window.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

namespace {

constexpr auto kFailure = QAbstractItemModelTester::FailureReportingMode::Fatal;

std::shared_ptr<const CsvText> table(const char* csv) {
  return std::make_shared<const CsvText>(QByteArray(csv));
}

using Order = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("A table of CSV is a model that keeps Qt's rules, also when its order changes") {
  const Offscreen application;
  CsvTableModel model;
  const QAbstractItemModelTester tester(&model, kFailure);
  model.setTable(table("a,b\n1,x\n2,y\n3,z\n"));
  CHECK(model.rowCount() == 3);
  CHECK(model.columnCount() == 2);
  model.setOrder({2, 0});
  CHECK(model.rowCount() == 2);
  CHECK(model.data(model.index(0, 1), Qt::DisplayRole) == "z");
  CHECK(model.headerData(0, Qt::Vertical, Qt::DisplayRole) == "3");
  CHECK(model.row(0) == 1);
  CHECK_FALSE(model.row(1));
  model.setTable(nullptr);
  CHECK(model.rowCount() == 0);
}

TEST_CASE("The operators of a step are a model whose shares sum to one") {
  const Offscreen application;
  const auto scenario = resolved({.model = "llama-3.1-8b", .hardware = "h100-sxm", .context = "4Ki", .batch = "8"},
                                 default_preset_roots());
  REQUIRE(scenario);
  const auto e = estimate(*scenario);
  REQUIRE(e);
  OperatorModel model;
  const QAbstractItemModelTester tester(&model, kFailure);
  model.setStep(e->decode, "operator");
  REQUIRE(model.rowCount() > 5);
  double sum = 0;
  for (int row = 0; row < model.rowCount(); ++row)
    sum += model.data(model.index(row, 0), OperatorModel::kShareRole).toDouble();
  CHECK(sum == Approx(1));
  model.setStep(std::nullopt, "operator");
  CHECK(model.rowCount() == 0);
}

TEST_CASE("Cells of CSV are read with their quotes, line breaks inside included") {
  const CsvText t(QByteArray("name,text\r\n\"a,b\",\"say \"\"hi\"\"\"\r\nlast,\"two\nlines\""));
  REQUIRE(t.records() == 2);
  CHECK(t.header() == std::vector<std::string>{"name", "text"});
  CHECK(t.cell(0, 0) == "a,b");
  CHECK(t.cell(0, 1) == "say \"hi\"");
  CHECK(t.cell(1, 1) == "two\nlines");
  CHECK(t.cell(1, 5).empty());
}

TEST_CASE("Rows are sorted as numbers where they are, empty cells last in both directions") {
  const auto t = table("v\n10\n9\n\n2\n");  // as texts 10 would come before 2
  const auto two = table("k,v\na,10\nb,9\nc,\nd,2\n");
  CHECK(ordered_records(*two, "", 1, false, {}) == Order{3, 1, 0, 2});
  CHECK(ordered_records(*two, "", 1, true, {}) == Order{0, 1, 3, 2});
  CHECK(ordered_records(*two, "B", -1, false, {}) == Order{1});
  CHECK(t->header().size() == 1);
}

TEST_CASE("A sample has the header and rows at equal distances") {
  const auto t = table("k,v\n0,0\n1,0\n2,0\n3,0\n4,0\n");
  CHECK(t->sample(5) == "k,v\n0,0\n1,0\n2,0\n3,0\n4,0\n");
  CHECK(t->sample(3) == "k,v\n0,0\n2,0\n4,0\n");  // every second of five
}

TEST_CASE("A file that is no table is an error with its name") {
  const Offscreen application;
  const QTemporaryDir folder;
  JobControl control;
  const QString path = folder.filePath("x.csv");
  QFile file(path);
  REQUIRE(file.open(QIODevice::WriteOnly));
  file.write(QByteArray("a\0b", 3));
  file.close();
  const auto broken = CsvText::read(path, control);
  REQUIRE_FALSE(broken);
  CHECK(broken.error().front().where == path.toStdString());
  CHECK_FALSE(CsvText::read(folder.filePath("none.csv"), control));
}
