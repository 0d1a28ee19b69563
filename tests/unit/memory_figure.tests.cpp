#include "core/chart/memory_figure.hpp"

#include <array>

#include <catch2/catch.hpp>

#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

TEST_CASE("the parts of a memory bar add up to the capacity of the device") {
  auto s = toy_scenario();
  s.engine.memory_utilization = 0.9;
  s.workload.batch = 3;
  const auto e = estimate(s);
  REQUIRE(e);
  const auto b = memory_bar("toy", *e);
  CHECK((b.weights + b.overhead + b.kv_used + b.kv_free + b.unusable).in(units::byte) == Approx(100000));
  CHECK(b.unusable.in(units::byte) == Approx(10000));    // a tenth
  CHECK(b.kv_used.in(units::byte) == Approx(3 * 8000));  // 3 sequences of 10 blocks of 800 B
  CHECK(b.problem.empty());
}

TEST_CASE("a batch that does not fit is drawn past the capacity, and a footnote says so") {
  auto s = toy_scenario();
  s.workload.batch = 20;  // 160,000 B of cache
  const auto e = estimate(s);
  REQUIRE(e);
  const auto b = memory_bar("toy", *e);
  CHECK(b.kv_used.in(units::byte) == Approx(160000));
  CHECK(b.kv_free == Bytes{});
  const auto f = memory_figure(std::array{b}, {.title = "t"});
  CHECK(f.footnotes[0] == "toy: the KV cache does not fit");
}

TEST_CASE("bars have parts that some bar has, and a guide where all devices are alike") {
  const MemoryBar a{
      .name = "a", .weights = 16.0 * units::GiB, .kv_used = 4.0 * units::GiB, .capacity = 80.0 * units::GiB};
  auto b = a;
  b.name = "b";
  const auto f = memory_figure(std::array{a, b}, {.title = "t"});
  const auto& pane = f.panes.front();
  REQUIRE(pane.series.size() == 2);  // weights and cache used; nothing of the rest
  CHECK(pane.series[0].points[1].y == Approx(16));
  CHECK(pane.x.categories == std::vector<std::string>{"a", "b"});
  REQUIRE(pane.guides.size() == 1);
  CHECK(pane.guides[0].at == Approx(80));
  b.capacity = 141.0 * units::GiB;
  CHECK(memory_figure(std::array{a, b}, {.title = "t"}).panes.front().guides.empty());
}
