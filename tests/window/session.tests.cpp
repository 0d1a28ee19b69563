// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session.hpp"

#include <catch2/catch.hpp>

#include <QSignalSpy>
#include <algorithm>

#include "gui/panels/scenario_form.hpp"
#include "tests/window/opened_window.hpp"

using namespace roofcast;
using namespace roofcast::gui;
using namespace roofcast::gui::tests;

namespace {

const ScenarioDocument kSmall{.model = "llama-3.1-8b", .hardware = "h100-sxm", .context = "8Ki"};

struct Opened {
  Offscreen application{};
  Session session{default_preset_roots()};

  Opened() {
    session.begin({.document = kSmall}, {});
    settle();
  }
  bool settle() {
    return waited([this] {
      QCoreApplication::sendPostedEvents();
      return !session.busy();
    });
  }
};

}  // namespace

TEST_CASE("An edit is answered, and undone with its answer") {
  Opened o;
  REQUIRE(o.session.answer());
  const double before = o.session.answer()->estimate->limits.max_batch_memory;
  o.session.edit(&ScenarioDocument::context, "16Ki");
  REQUIRE(o.settle());
  const double after = o.session.answer()->estimate->limits.max_batch_memory;
  CHECK(after == Approx(before / 2).margin(1));  // twice the tokens, half the sequences
  o.session.undo_stack().undo();
  REQUIRE(o.settle());
  CHECK(o.session.document() == kSmall);
  CHECK(o.session.answer()->estimate->limits.max_batch_memory == before);
}

TEST_CASE("Letters typed into one field are one step of undo, another field is another") {
  Opened o;
  for (const char* typed : {"1", "16", "16K", "16Ki"}) o.session.edit(&ScenarioDocument::context, typed);
  o.session.edit(&ScenarioDocument::batch, "4");
  CHECK(o.session.undo_stack().count() == 2);
  o.session.undo_stack().undo();
  CHECK(o.session.document().context == "16Ki");
  o.session.undo_stack().undo();
  CHECK(o.session.document() == kSmall);
}

TEST_CASE("A wrong value is an error at its flag, and the last good answer stays") {
  Opened o;
  const auto good = o.session.answer();
  o.session.edit(&ScenarioDocument::tp, "3");
  REQUIRE(o.settle());
  REQUIRE(o.session.stale());
  CHECK(o.session.answer() == good);
  o.session.edit(&ScenarioDocument::tp, "abc");
  REQUIRE(o.settle());
  REQUIRE_FALSE(o.session.errors().empty());
  CHECK(o.session.errors().front().where == "--tp");
  o.session.edit(&ScenarioDocument::tp, "");
  REQUIRE(o.settle());
  CHECK_FALSE(o.session.stale());
}

TEST_CASE("Of many questions in a row the newest is answered, and not every one") {
  Opened o;
  QSignalSpy answers(&o.session, &Session::answered);
  for (int batch = 1; batch <= 200; ++batch) o.session.edit(&ScenarioDocument::batch, QString::number(batch));
  REQUIRE(o.settle());
  CHECK(o.session.answer()->estimate->batch == 200);
  CHECK(answers.count() < 20);  // the first and the last, and few between
}

TEST_CASE("A pinned scenario stays beside what is edited next, by a name of its own") {
  Opened o;
  o.session.pin();
  o.session.edit(&ScenarioDocument::attention, "mqa");
  REQUIRE(o.settle());
  CHECK(o.session.answer()->names == std::vector<std::string>{"mqa", "gqa:8"});
  CHECK(o.session.answer()->figure->panes.front().series.size() >= 2);
  o.session.unpin(0);
  REQUIRE(o.settle());
  CHECK(o.session.answer()->names == std::vector<std::string>{"mqa"});
  for (std::size_t i = 0; i < kMostPins + 5; ++i) o.session.pin();
  CHECK(o.session.state().pins.size() == kMostPins);
}

TEST_CASE("A selected point is estimated, and becomes the scenario when it is used") {
  Opened o;
  o.session.select(Selection{.batch = 3});
  REQUIRE(o.settle());
  REQUIRE(o.session.answer()->selected);
  CHECK(o.session.answer()->selected->batch == 3);
  o.session.adopt_selection();
  REQUIRE(o.settle());
  CHECK(o.session.document().batch == "3");
  CHECK_FALSE(o.session.selection());
}

TEST_CASE("What was asked of a document that is closed is not shown of the next") {
  Opened o;
  o.session.edit(&ScenarioDocument::tp, "3");
  o.session.begin({}, {});
  REQUIRE(o.settle());
  QCoreApplication::processEvents();
  CHECK_FALSE(o.session.answer());
  CHECK_FALSE(o.session.stale());
}

TEST_CASE("The form has every field of a scenario once") {
  const Offscreen application;
  std::vector<ScenarioText ScenarioDocument::*> shown;
  for (const auto& group : scenario_form())
    for (const auto& row : group.rows)
      for (const auto& field : row) shown.push_back(field.text);
  for (const auto& field : scenario_fields()) {
    INFO(field.option);
    CHECK(std::ranges::count(shown, field.text) == 1);
  }
}

TEST_CASE("What is saved is opened again, from another session too") {
  Opened o;
  const QTemporaryDir folder;
  const QString file = folder.filePath("a.roofcast.json");
  o.session.edit(&ScenarioDocument::tpot, "40ms");
  CHECK(o.session.modified());
  REQUIRE(o.session.save(file));
  CHECK_FALSE(o.session.modified());
  Session other{default_preset_roots()};
  REQUIRE(other.open(file));
  CHECK(other.document() == o.session.document());
  CHECK_FALSE(other.open(folder.filePath("none.json")));
  CHECK(other.document() == o.session.document());
}
