#include "core/chart/throughput_figure.hpp"

#include <array>

#include <catch2/catch.hpp>

using namespace roofcast;

namespace {

ConcurrencyCurve curve() {
  return {
      .name = "gqa:8",
      .style = 2,
      .points =
          {{.concurrency = 1,
            .tokens_s = 100,
            .tokens_s_user = 100,
            .user_low = 80,
            .user_high = 125,
            .grade = Grade::calibrated},
           {.concurrency = 4, .tokens_s = 200, .tokens_s_user = 50, .grade = Grade::extrapolated},
           {.concurrency = 8, .tokens_s = 240, .tokens_s_user = 30, .grade = Grade::calibrated, .keeps_slos = false}},
      .memory_limit = 9,
      .slo = Limit::tpot,
      .slo_limit = 5};
}

}  // namespace

TEST_CASE("a curve is solid as long as it keeps the SLO and dotted from the last such point on") {
  const auto f = throughput_figure(std::array{curve()}, {.title = "t", .tpot_slo = 25.0 * units::ms});
  REQUIRE(f.panes.size() == 2);
  REQUIRE(f.panes[0].series.size() == 2);
  const auto &kept = f.panes[0].series[0], &missed = f.panes[0].series[1];
  CHECK(kept.points.size() == 2);
  CHECK(kept.end_label == "TPOT: 5");
  CHECK(missed.points.size() == 2);
  CHECK(missed.points.front().x == kept.points.back().x);
  CHECK(missed.stroke == SeriesStroke::dotted);
  CHECK(missed.end_label == "memory: 9");
  CHECK(!missed.in_legend);
  CHECK(kept.colour == 2);
  CHECK(missed.mark == 2);
}

TEST_CASE("the SLO stands at the speed that it leaves a user") {
  const auto f = throughput_figure(std::array{curve()}, {.title = "t", .tpot_slo = 25.0 * units::ms});
  REQUIRE(f.panes[1].guides.size() == 1);
  CHECK(f.panes[1].guides[0].at == Approx(40));  // 1 / 25 ms
  CHECK(f.panes[1].guides[0].label == "TPOT 25.0 ms");
}

TEST_CASE("the band of the throughput is that of a user's speed in proportion") {
  auto c = curve();
  c.points[0].tokens_s = 300;  // three replicas: 300 * 80/100 and 300 * 125/100
  const auto f = throughput_figure(std::array{c}, {.title = "t"});
  const auto& p = f.panes[0].series[0].points[0];
  CHECK(p.low == Approx(240));
  CHECK(p.high == Approx(375));
  CHECK(!f.panes[0].series[0].points[1].low);
}

TEST_CASE("a figure has the grade of its least certain point, and a theoretical one says so in words") {
  auto c = curve();
  CHECK(throughput_figure(std::array{c}, {.title = "t"}).grade == Grade::extrapolated);
  c.points[1].grade = Grade::theoretical;
  const auto f = throughput_figure(std::array{c}, {.title = "t", .subtitle = "8,192 tokens"});
  CHECK(f.grade == Grade::theoretical);
  CHECK(f.subtitle == "8,192 tokens; theoretical: datasheet roofs, nothing calibrated");
}

TEST_CASE("a variant without a curve is a footnote, and more than sixteen curves are counted") {
  std::vector<ConcurrencyCurve> curves(18, curve());
  curves[0] = {.name = "mha", .problem = "the weights do not fit"};
  const auto f = throughput_figure(curves, {.title = "t"});
  CHECK(f.footnotes[0] == "mha: the weights do not fit");
  CHECK(f.footnotes[1] == "1 more curves are left out");  // 17 with points
}

TEST_CASE("of many variants without a curve three are named and the others counted, so that the chart has room") {
  std::vector<ConcurrencyCurve> curves;
  for (int i = 0; i < 1000; ++i) curves.push_back({.name = std::to_string(i), .problem = "no memory"});
  const auto notes = throughput_figure(curves, {}).footnotes;
  REQUIRE(notes.size() >= 4);
  CHECK(notes[2] == "2: no memory");
  CHECK(notes[3] == "997 more without a point");
  CHECK(notes.size() < 8);
}
