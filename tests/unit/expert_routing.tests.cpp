#include <catch2/catch.hpp>

#include <cmath>

#include "core/expert_routing.hpp"
#include "core/operator.hpp"
#include "core/step_plan.hpp"
#include "tests/support/random_model.hpp"
#include "tests/support/sample_models.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

/// Mean of the busiest rank's choices over the mean of all, counted over many draws.
double counted_imbalance(int experts, int top_k, int ranks, int tokens) {
  constexpr int kTimes = 400;
  Dice dice{experts + ranks + tokens};
  double sum = 0;
  for (int t = 0; t < kTimes; ++t) {
    std::vector<int> met(static_cast<std::size_t>(ranks));
    for (int i = 0; i < tokens; ++i) {
      std::vector<bool> chosen(static_cast<std::size_t>(experts));
      for (int k = 0; k < top_k;) {
        const auto e = static_cast<std::size_t>(dice.between(0, experts - 1));
        if (chosen[e]) continue;
        chosen[e] = true;
        ++met[e * static_cast<std::size_t>(ranks) / static_cast<std::size_t>(experts)];
        ++k;
      }
    }
    sum += *std::ranges::max_element(met);
  }
  return sum / kTimes / (static_cast<double>(tokens) * top_k / ranks);
}

}  // namespace

TEST_CASE("the largest of several normal draws lies where tables have it (D10)", "[core][experts]") {
  CHECK(largest_deviation(1) == 0);
  CHECK(largest_deviation(2) == Approx(0.56419).epsilon(1e-4));   // 1/sqrt(pi)
  CHECK(largest_deviation(3) == Approx(0.84628).epsilon(1e-4));   // 3/(2 sqrt(pi))
  CHECK(largest_deviation(10) == Approx(1.53875).epsilon(1e-4));  // order statistics of the normal law
  CHECK(largest_deviation(100) == Approx(2.50759).epsilon(1e-4));
}

TEST_CASE("the busiest rank of uniform draws is as busy as counting finds it (D10)", "[core][experts]") {
  struct Case {
    int experts = 0, top_k = 0, ranks = 0, tokens = 0;
  };
  const auto c = GENERATE(Case{256, 8, 8, 64}, Case{256, 8, 32, 16}, Case{256, 8, 32, 512}, Case{8, 2, 4, 32},
                          Case{64, 6, 64, 8}, Case{128, 8, 16, 4});
  CAPTURE(c.experts, c.ranks, c.tokens);
  const ExpertBank bank{.experts = 1.0 * c.experts, .top_k = 1.0 * c.top_k};
  CHECK(drawn_imbalance(bank, c.ranks, c.tokens, largest_deviation(c.ranks)) ==
        Approx(counted_imbalance(c.experts, c.top_k, c.ranks, c.tokens)).epsilon(0.06));
}

TEST_CASE("more tokens even out, and one rank is never uneven (D10)", "[core][experts]") {
  const ExpertBank bank{.experts = 256, .top_k = 8};
  double before = 1e9, met_before = 0;
  for (double tokens = 1; tokens < 1e6; tokens *= 2) {
    const double now = drawn_imbalance(bank, 32, tokens, largest_deviation(32));
    CHECK(now <= before * (1 + 1e-12));
    CHECK(now >= 1);
    CHECK(now * tokens >= met_before);  // but no rank gets less to do
    before = now;
    met_before = now * tokens;
  }
  CHECK(drawn_imbalance(bank, 1, 100, 0) == 1);
}

TEST_CASE("a factor loads the busiest rank: its work, its experts up to all of them (D3)", "[core][experts]") {
  const auto traffic = [](const ExpertRouting& routing, double batch) {
    for (const auto& op : step_plan(deepseek_v3(), {.tp = 8, .ep = 8}, {}, PoolRule::grouped_pages, routing).operators)
      if (op.kind == OperatorKind::experts) return decode_traffic(op, {.batch = batch});
    return Traffic{};
  };
  CHECK(traffic({.imbalance = 1.5}, 10).flops == Approx(1.5 * traffic({}, 10).flops));
  CHECK(traffic({.imbalance = 1.5}, 1).weights == Approx(1.5 * traffic({}, 1).weights));
  CHECK(traffic({.imbalance = 1.5}, 1e5).weights == Approx(traffic({}, 1e5).weights));  // all are read anyway
  CHECK(traffic({.drawn = true}, 10).flops > traffic({}, 10).flops);
}

TEST_CASE("without expert ranks there is nothing to be uneven (D3)", "[core][experts]") {
  const auto flops = [](const ExpertRouting& routing) {
    double sum = 0;
    for (const auto& op : step_plan(deepseek_v3(), {.tp = 8}, {}, PoolRule::grouped_pages, routing).operators)
      sum += decode_traffic(op, {.batch = 10}).flops;
    return sum;
  };
  CHECK(flops({.imbalance = 2}) == flops({}));
  CHECK(flops({.drawn = true}) == flops({}));
}
