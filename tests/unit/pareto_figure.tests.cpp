#include "core/chart/pareto_figure.hpp"

#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

using namespace roofcast;

namespace {

std::vector<ParetoPoint> points() {
  return {{.variant = "tp 1", .tokens_s_user = 10, .tokens_s_gpu = 100, .usd_mtok = 1.0, .grade = Grade::calibrated},
          {.variant = "tp 1", .tokens_s_user = 20, .tokens_s_gpu = 80, .usd_mtok = 1.5, .grade = Grade::calibrated},
          {.variant = "tp 2",
           .style = 1,
           .tokens_s_user = 15,
           .tokens_s_gpu = 70,
           .usd_mtok = 1.2,
           .grade = Grade::calibrated},
          {.variant = "tp 2",
           .style = 1,
           .tokens_s_user = 40,
           .tokens_s_gpu = 30,
           .grade = Grade::calibrated,
           .keeps_slos = false},
          {.variant = "tp 2",
           .style = 1,
           .tokens_s_user = 30,
           .tokens_s_gpu = 50,
           .usd_mtok = 3.0,
           .grade = Grade::calibrated}};
}

std::optional<double> per_gpu(const ParetoPoint& p) {
  return p.tokens_s_gpu;
}

}  // namespace

TEST_CASE("the frontier has the points that none beats in both figures and that keep the SLOs") {
  // (15, 70) is beaten by (20, 80); (40, 30) misses an SLO.
  CHECK(frontier(points(), "", &per_gpu) == std::vector<std::size_t>{0, 1, 4});
}

TEST_CASE("of equal points one is on the frontier, and loads do not compete") {
  auto p = points();
  p.push_back(p[1]);
  p.push_back({.load = "other", .tokens_s_user = 99, .tokens_s_gpu = 999});
  CHECK(frontier(p, "", &per_gpu) == std::vector<std::size_t>{0, 1, 4});
  CHECK(frontier(p, "other", &per_gpu) == std::vector<std::size_t>{6});
}

TEST_CASE("a pareto chart has a pane of prices where there are any, and hollow marks where an SLO is missed") {
  const auto f = pareto_figure(points(), {.title = "t", .tpot_slo = 50.0 * units::ms});
  REQUIRE(f.panes.size() == 2);
  const auto& speed = f.panes[0];
  REQUIRE(speed.series.size() == 4);  // tp 1, tp 2, tp 2 hollow, frontier
  CHECK(speed.series[1].colour == 1);
  CHECK(speed.series[2].shape == SeriesShape::hollow_marks);
  CHECK(!speed.series[2].in_legend);
  CHECK(speed.series[3].name == "frontier");
  CHECK(speed.series[3].points.size() == 3);
  CHECK(speed.regions[0].x_low == Approx(20));  // 1 / 50 ms
  // Cheapest at each speed: 1.0 at 10, 1.2 at 15, 1.5 at 20, 3.0 at 30.
  CHECK(f.panes[1].series.back().points.size() == 4);

  auto unpriced = points();
  for (auto& p : unpriced) p.usd_mtok.reset();
  CHECK(pareto_figure(unpriced, {.title = "t"}).panes.size() == 1);
}

TEST_CASE("of too many variants those on a frontier keep their names, and no mark is lost") {
  std::vector<ParetoPoint> many;
  for (int i = 0; i < 40; ++i)  // 35..39 are better than all before them
    many.push_back({.variant = std::to_string(i),
                    .style = i,
                    .tokens_s_user = i < 35 ? 10.0 : 10.0 + i,
                    .tokens_s_gpu = i < 35 ? 10.0 + i : 200.0 - i});
  const auto f = pareto_figure(many, {});
  const auto& series = f.panes.at(0).series;
  REQUIRE(series.size() == 17);  // 15 by name, the others, the frontier
  std::size_t marks = 0;
  for (const auto& s : series)
    if (s.shape == SeriesShape::marks) marks += s.points.size();
  CHECK(marks == 40);
  CHECK(std::ranges::count(series, "25 other deployments", &ChartSeries::name) == 1);
  for (const auto* name : {"35", "36", "37", "38", "39"})
    CHECK(std::ranges::count(series, name, &ChartSeries::name) == 1);
}
