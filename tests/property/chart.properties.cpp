#include <cmath>

#include <catch2/catch.hpp>

#include "core/chart/concurrency_curve.hpp"
#include "core/chart/limit_curve.hpp"
#include "tests/support/sample_scenarios.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

Scenario random_scenario() {
  auto s = toy_scenario(GENERATE(1, 2, 4));
  s.device.memory = GENERATE(take(4, random(30000.0, 4e6))) * units::byte;
  s.device.bandwidth = GENERATE(take(2, random(1e5, 1e8))) * units::byte / units::s;
  s.workload.context = std::floor(GENERATE(take(3, random(10.0, 2000.0))));
  return s;
}

}  // namespace

TEST_CASE("throughput never falls with concurrency, and what a user sees never rises") {
  const auto c = concurrency_curve(random_scenario());
  REQUIRE(c);
  for (std::size_t i = 1; i < c->points.size(); ++i) {
    CHECK(c->points[i].concurrency > c->points[i - 1].concurrency);
    CHECK(c->points[i].tokens_s >= c->points[i - 1].tokens_s * (1 - 1e-9));
    CHECK(c->points[i].tokens_s_user <= c->points[i - 1].tokens_s_user * (1 + 1e-9));
  }
}

TEST_CASE("longer sequences never make room for more of them") {
  const auto c = limit_curve(random_scenario());
  REQUIRE(c);
  for (std::size_t i = 1; i < c->points.size(); ++i) CHECK(c->points[i].concurrency <= c->points[i - 1].concurrency);
}

TEST_CASE("the limit at a scenario's length is where its concurrency curve ends") {
  auto s = random_scenario();
  s.model.max_context = static_cast<int>(*s.workload.context);
  const auto curve = concurrency_curve(s);
  const auto limit = limit_curve(s);
  REQUIRE(curve);
  REQUIRE(limit);
  if (curve->points.empty() || limit->points.empty() || limit->points.back().context != *s.workload.context) return;
  CHECK(limit->points.back().concurrency == curve->points.back().concurrency);
}
