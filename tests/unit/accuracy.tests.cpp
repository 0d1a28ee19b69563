#include "core/accuracy.hpp"

#include <vector>

#include <catch2/catch.hpp>

using namespace roofcast;

TEST_CASE("accuracy: quantiles are linear between neighbours") {
  const std::vector<double> values{40, 10, 30, 20};
  CHECK(quantile(values, 0) == 10);
  CHECK(quantile(values, 1) == 40);
  CHECK(quantile(values, 0.5) == 25);          // place 1.5 of 10, 20, 30, 40
  CHECK(quantile(values, 0.9) == Approx(37));  // place 2.7: 30 + 0.7 x 10
  CHECK(quantile({7}, 0.9) == 7);
  CHECK(quantile({}, 0.5) == 0);
}

TEST_CASE("accuracy: errors are shares of the measured value, and keep their sign in the bias alone") {
  // predicted / measured - 1: 110/100 -> +10%, 90/100 -> -10%, 150/200 -> -25%, 400/400 -> 0.
  const std::vector<double> predicted{110, 90, 150, 400}, measured{100, 100, 200, 400};
  const auto a = accuracy(predicted, measured);
  CHECK(a.rows == 4);
  CHECK(a.median_percent == Approx(10));   // 0, 10, 10, 25
  CHECK(a.mean_percent == Approx(11.25));  // 45 / 4
  CHECK(a.p90_percent == Approx(20.5));    // place 2.7: 10 + 0.7 x 15
  CHECK(a.max_percent == Approx(25));
  CHECK(a.bias_percent == Approx(-5));             // -25, -10, 0, +10: between -10 and 0
  CHECK(a.time_weighted_percent == Approx(8.75));  // (10 + 10 + 50 + 0) / 800
}

TEST_CASE("accuracy: no rows have no errors") {
  CHECK(accuracy({}, {}) == Accuracy{});
}
