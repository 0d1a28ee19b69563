#include "core/chart/limits_figure.hpp"

#include <algorithm>
#include <array>

#include <catch2/catch.hpp>

#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

TEST_CASE("a limit curve has what memory holds at each length, and ends where one sequence no longer fits") {
  auto s = toy_scenario();
  s.model.max_context = 4000;
  const auto c = limit_curve(s);
  REQUIRE(c);
  // 101 blocks of 10 tokens: one sequence of 1,010; of 256 tokens (26 blocks) three.
  CHECK(c->points.front().context == 256);
  CHECK(c->points.front().concurrency == 3);
  CHECK(c->points.back().context == 1010);
  CHECK(c->points.back().concurrency == 1);
  CHECK(c->ends);
  CHECK(c->end == Limit::memory);
  CHECK(c->longest == 1010);
  CHECK(c->grade == Grade::exact);
}

TEST_CASE("where an SLO holds fewer sequences than memory, it binds and the curve has the times' grade") {
  auto s = toy_scenario();
  s.model.max_context = 500;
  s.workload.context = 256;
  s.workload.batch = 2;
  const auto e = estimate(s);
  REQUIRE(e);
  s.workload.batch.reset();
  s.workload.tpot_slo = 1.0001 * e->rates.tpot;  // two of 256 tokens, not three
  const auto c = limit_curve(s);
  REQUIRE(c);
  CHECK(c->points.front().concurrency == 2);
  CHECK(c->points.front().binding == Limit::tpot);
  CHECK(c->grade == Grade::theoretical);
}

TEST_CASE("prompts and answers grow in proportion along a limit curve") {
  auto s = toy_scenario();
  s.workload = {.isl = 30, .osl = 10};
  s.model.max_context = 400;
  const auto c = limit_curve(s);
  REQUIRE(c);
  CHECK(c->points.back().context == 400);
}

TEST_CASE("stretches of a limit curve share a point, and each says which limit binds by its stroke") {
  const LimitCurve c{.name = "gqa:8",
                     .points = {{1024, 100, Limit::tpot}, {2048, 60, Limit::tpot}, {4096, 30, Limit::memory}},
                     .ends = true,
                     .end = Limit::memory,
                     .longest = 4500,
                     .grade = Grade::calibrated};
  const auto f = limits_figure(std::array{c}, {.title = "t"}, 8192);
  const auto& pane = f.panes.front();
  REQUIRE(pane.series.size() == 2);
  CHECK(pane.series[0].stroke == SeriesStroke::dashed);
  CHECK(pane.series[1].stroke == SeriesStroke::solid);
  CHECK(pane.series[1].points.size() == 2);
  CHECK(pane.series[1].points.front().x == 2048);
  CHECK(pane.series[1].end_label == "memory: 4,500 tokens");
  CHECK(!pane.series[1].in_legend);
  REQUIRE(pane.regions.size() == 2);
  CHECK(pane.regions[0].label == "TPOT binds");
  CHECK(pane.regions[0].x_high == 4096);
  CHECK(pane.regions[1].x_low == 4096);
  CHECK(pane.guides[0].at == 8192);
}

TEST_CASE("limits of memory alone say that an engine's rules are behind them") {
  LimitCurve c{.name = "gqa:8", .points = {{1024, 100}, {2048, 60}}};
  auto f = limits_figure(std::array{c}, {.title = "t", .subtitle = "s"}, 0);
  CHECK(f.grade == Grade::theoretical);
  CHECK_THAT(f.subtitle, Catch::StartsWith("s; theoretical: overhead by the engine's rules"));
  c.by_rules = false;
  CHECK(limits_figure(std::array{c}, {.title = "t"}, 0).grade == Grade::exact);
  c.by_rules = true;
  c.points[0].binding = Limit::tpot;
  c.grade = Grade::calibrated;
  f = limits_figure(std::array{c}, {.title = "t"}, 0);
  CHECK(f.grade == Grade::calibrated);
  CHECK(std::ranges::count(f.footnotes, "where memory binds: overhead by the engine's rules") == 1);
}

TEST_CASE("a line that another one hides is named in a footnote") {
  const LimitCurve gqa{.name = "gqa:8", .points = {{1024, 100}, {2048, 60}}};
  LimitCurve mqa = gqa, mha{.name = "mha", .points = {{1024, 50}, {2048, 30}}};
  mqa.name = "mqa";
  const auto hidden = [](const Figure& f) {
    return std::ranges::count(f.footnotes, "mqa = gqa:8 here: one line hides the other");
  };
  CHECK(hidden(limits_figure(std::array{mha, gqa, mqa}, {.title = "t"}, 0)) == 1);
  mqa.points[1].concurrency = 61;
  CHECK(hidden(limits_figure(std::array{mha, gqa, mqa}, {.title = "t"}, 0)) == 0);
  mqa.points.pop_back();
  CHECK(hidden(limits_figure(std::array{mha, gqa, mqa}, {.title = "t"}, 0)) == 0);
}
