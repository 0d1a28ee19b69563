#include "core/chart/concurrency_curve.hpp"

#include <catch2/catch.hpp>

#include "core/chart/log_steps.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

TEST_CASE("steps on a logarithmic axis are whole, ascend, and hold both ends") {
  // 1 * 8^(i/3) = 1, 2, 4, 8
  CHECK(log_steps(1, 8, 4) == std::vector<double>{1, 2, 4, 8});
  // 1 to 3 has three whole numbers, whatever is asked for.
  CHECK(log_steps(1, 3, 60) == std::vector<double>{1, 2, 3});
  CHECK(log_steps(5, 5, 60) == std::vector<double>{5});
  CHECK(log_steps(5, 4, 60).empty());
}

TEST_CASE("a concurrency curve goes from one sequence to the last that fits") {
  // The toy's pool holds 10 sequences of 100 tokens (see toy_scenario).
  const auto c = concurrency_curve(toy_scenario());
  REQUIRE(c);
  REQUIRE(c->points.size() == 10);
  CHECK(c->points.front().concurrency == 1);
  CHECK(c->points.back().concurrency == 10);
  CHECK(c->memory_limit == 10);
  CHECK(c->problem.empty());
}

TEST_CASE("a point of the curve is what estimate says at that batch") {
  auto s = toy_scenario();
  const auto c = concurrency_curve(s);
  REQUIRE(c);
  s.workload.batch = 7;
  const auto e = estimate(s);
  REQUIRE(e);
  CHECK(c->points[6].tokens_s == e->rates.tokens_s);
  CHECK(c->points[6].tokens_s_user == e->rates.tokens_s_user);
}

TEST_CASE("replicas multiply concurrency and throughput, not what a user sees") {
  auto s = toy_scenario();
  const auto one = concurrency_curve(s);
  s.deployment.dp = 3;
  const auto three = concurrency_curve(s);
  REQUIRE(one);
  REQUIRE(three);
  CHECK(three->points.back().concurrency == 3 * one->points.back().concurrency);
  CHECK(three->points.back().tokens_s == Approx(3 * one->points.back().tokens_s));
  CHECK(three->points.back().tokens_s_user == one->points.back().tokens_s_user);
}

TEST_CASE("the largest batch that keeps an SLO is a point of the curve, and the SLO holds exactly up to it") {
  auto s = toy_scenario();
  const auto free = concurrency_curve(s);
  REQUIRE(free);
  // Between the steps of 4 and 5 sequences.
  s.workload.tpot_slo = (1 / free->points[3].tokens_s_user + 1 / free->points[4].tokens_s_user) / 2 * units::s;
  const auto c = concurrency_curve(s, 2);  // points 1 and 10, and the limit
  REQUIRE(c);
  REQUIRE(c->points.size() == 3);
  CHECK(c->points[1].concurrency == 4);
  CHECK(c->points[1].keeps_slos);
  CHECK(!c->points[2].keeps_slos);
  CHECK(c->slo == Limit::tpot);
  CHECK(c->slo_limit == 4);
}

TEST_CASE("a model that does not fit has a curve without points and a reason") {
  auto s = toy_scenario();
  s.device.memory = 17000.0 * units::byte;  // weights 16,000 B and a peak of 2,200 B
  const auto c = concurrency_curve(s);
  REQUIRE(c);
  CHECK(c->points.empty());
  CHECK(c->problem == "the weights do not fit");
}
