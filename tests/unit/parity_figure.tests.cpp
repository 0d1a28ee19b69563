#include "core/chart/parity_figure.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace roofcast;

namespace {

std::vector<ParityPoint> points() {
  return {{.pane = "kernel time, us",
           .variant = "gemm",
           .measured = 100,
           .predicted = 110,
           .low = 90,
           .high = 120,
           .grade = Grade::calibrated},
          {.pane = "kernel time, us",
           .variant = "gemm",
           .measured = 200,
           .predicted = 100,
           .low = 90,
           .high = 120,
           .grade = Grade::calibrated},
          {.pane = "TTFT, ms", .variant = "end_to_end", .measured = 10, .predicted = 10, .grade = Grade::extrapolated}};
}

}  // namespace

TEST_CASE("every measured figure has a pane with its own diagonal and band") {
  const auto f = parity_figure(points(), {.title = "t"}, 0.2);
  REQUIRE(f.panes.size() == 2);
  CHECK(f.grade == Grade::extrapolated);
  const auto& line = f.panes[0].series.back();
  CHECK(line.name == "equal, and within 20%");
  CHECK(line.points.front().x == 100);
  CHECK(line.points.back().x == 200);
  CHECK(line.points.back().low == Approx(160));
  CHECK(line.points.back().high == Approx(240));
  CHECK(f.panes[1].series[0].colour == 1);  // the second variant
}

TEST_CASE("footnotes of a parity chart count what is inside the tolerance and the interval") {
  const auto f = parity_figure(points(), {.title = "t"}, 0.2);
  // Errors 10% and 50%: median 30%; the first is within 20%, and 90..120 holds 100 but not 200.
  CHECK(f.footnotes[0] ==
        "kernel time, us: 2 rows, median error 30.0%, 50% of rows within 20%; the interval holds 50%");
}

TEST_CASE("a value that a logarithmic axis cannot show is left out of the picture and counted") {
  auto p = points();
  p[0].measured = 0;
  const auto f = parity_figure(p, {.title = "t"});
  CHECK(f.panes[0].series[0].points.size() == 1);
  CHECK(std::ranges::any_of(f.footnotes, [](const auto& n) { return n.starts_with("1 point is left out"); }));
}

TEST_CASE("intervals of many rows are counted, not drawn") {
  std::vector<ParityPoint> many(301, points()[0]);
  const auto f = parity_figure(many, {.title = "t"});
  CHECK(!f.panes[0].series[0].points[0].low);
  CHECK(f.footnotes[0].ends_with("the interval holds 100% (not drawn: too many)"));
  many.pop_back();
  CHECK(parity_figure(many, {.title = "t"}).panes[0].series[0].points[0].low);
}
