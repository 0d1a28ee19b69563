#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "hwmodels/calibrate/hold_out.hpp"
#include "hwmodels/calibrate/residual_spread.hpp"
#include "hwmodels/calibrate/row_group.hpp"

using namespace roofcast;

TEST_CASE("whole configurations are set apart, a given share of the different ones") {
  std::vector<std::vector<double>> configurations;
  for (double heads = 1; heads <= 40; ++heads)
    for (int repeat = 0; repeat < 3; ++repeat) configurations.push_back({heads, 8});
  const auto apart = drawn(configurations, 0.25);
  CHECK(std::ranges::count(apart, true) == 30);  // 10 of 40, three rows each
  for (std::size_t i = 0; i < apart.size(); i += 3) {
    CHECK(apart[i] == apart[i + 1]);
    CHECK(apart[i] == apart[i + 2]);
  }
  CHECK(drawn(configurations, 0.25) == apart);
}

TEST_CASE("few configurations: one is set apart of three, none of two") {
  CHECK(std::ranges::count(drawn({{1}, {2}, {3}}, 0.1), true) == 1);
  CHECK(std::ranges::count(drawn({{1}, {2}, {3}}, 0.9), true) == 2);
  CHECK(std::ranges::count(drawn({{1}, {2}, {1}}, 0.5), true) == 0);
  CHECK(std::ranges::count(drawn({{1}, {2}, {3}}, 0), true) == 0);
}

TEST_CASE("lots spread evenly") {
  int low = 0;
  for (double i = 0; i < 1000; ++i) low += lot({i, 128, 64}) < 0.5 ? 1 : 0;
  CHECK(low > 440);  // 500 +- 4 standard deviations of 16
  CHECK(low < 560);
}

TEST_CASE("the middle batch and the two longest contexts") {
  CHECK(middle_value({1, 2, 4, 4, 8, 16}) == 4);
  CHECK(middle_value({1, 1, 2}) == 0);
  CHECK(upper_two_from({1, 2, 4, 8, 8}) == 4);
  CHECK(std::isinf(upper_two_from({1, 2, 4})));
}

TEST_CASE("of 19 residuals the lowest and the highest are the 5% and 95% quantiles (C9)") {
  // The k-th of n is the k / (n + 1) quantile: 1 / 20 = 5%, 19 / 20 = 95%.
  std::vector<UnseenResidual> residuals;
  for (int i = -9; i <= 9; ++i) residuals.push_back({.ln_ratio = 0.02 * i, .scale = 2});
  const auto spread = residual_spread(residuals);
  CHECK(spread.low == Approx(-0.09));
  CHECK(spread.high == Approx(0.09));
}

TEST_CASE("an interval contains its prediction though all residuals are on one side (C9)") {
  std::vector<UnseenResidual> residuals;
  for (int i = 1; i <= 19; ++i) residuals.push_back({.ln_ratio = 0.01 * i});
  const auto spread = residual_spread(residuals);
  CHECK(spread.low == 0);
  CHECK(spread.high == Approx(0.19));
}

TEST_CASE("few residuals reach as far as Student's law lets the next one go (C9)") {
  // Root mean square 0.1. t(95%, 5 degrees) = 2.0150; for the next value x sqrt(1 + 1/5): 0.2207.
  const auto spread = residual_spread(
      {{.ln_ratio = 0.1}, {.ln_ratio = -0.1}, {.ln_ratio = 0.1}, {.ln_ratio = 0.1}, {.ln_ratio = -0.1}});
  CHECK(spread.high == Approx(0.2207).epsilon(0.01));
  CHECK(spread.low == -spread.high);
}

TEST_CASE("errors are counted by group, fitted and unseen apart, intervals on the unseen alone") {
  const RowGroup small{"batch", "1-9", 1}, large{"batch", "10-99", 10};
  const auto groups = accuracy_by_group({
      {.measured_us = 10, .predicted_us = 11, .fitted = true, .groups = {large}},
      {.measured_us = 10, .predicted_us = 12, .low_us = 9, .high_us = 15, .groups = {large}},
      {.measured_us = 20, .predicted_us = 10, .low_us = 9, .high_us = 12, .groups = {small}},
  });
  REQUIRE(groups.size() == 3);
  CHECK(groups[0].group.by == "all rows");
  CHECK(groups[0].fitted.median_percent == Approx(10));
  CHECK(groups[0].unseen.rows == 2);
  CHECK(groups[0].unseen.median_percent == Approx(35));                      // (20 + 50) / 2
  CHECK(groups[0].unseen.time_weighted_percent == Approx(100 * 12.0 / 30));  // (2 + 10) / (10 + 20)
  CHECK(groups[0].covered_percent == 50);
  CHECK(groups[0].width_percent == Approx(40));  // (50% + 30%) / 2
  CHECK(groups[1].group == small);
  CHECK(groups[2].group == large);
  CHECK(groups[2].covered_percent == 100);
}
