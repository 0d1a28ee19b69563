#include "core/plan/poisson.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace roofcast;

TEST_CASE("the Poisson share is the sum of its terms (F2)", "[core][plan]") {
  // mean 2: e^-2 (1 + 2 + 2) = 0.676676
  CHECK(poisson_share(2, 2) == Approx(5 * std::exp(-2.0)));
  CHECK(poisson_share(2, 0) == Approx(std::exp(-2.0)));
  CHECK(poisson_share(0, 0) == 1);
  CHECK(poisson_share(5, -1) == 0);
  // mean 10,000, standard deviation 100: half lies below the mean but for a skew of 1/(6 sd) x 0.4
  CHECK(poisson_share(1e4, 1e4) == Approx(0.5 + 0.4 * (2.0 / 3) / 100).margin(2e-4));
  CHECK(poisson_share(1e4, 1e4 + 600) == Approx(1));
  CHECK(poisson_share(1e4, 1e4 - 600) < 1e-8);
}

TEST_CASE("quantile and mean of a Poisson count undo each other (F2)", "[core][plan]") {
  const double most = GENERATE(0, 1, 2, 7, 59, 1000, 16384);
  const double share = GENERATE(0.5, 0.9, 0.99, 0.9999);
  CAPTURE(most, share);
  const double mean = poisson_mean(most, share);
  CHECK(poisson_quantile(mean, share) <= most);
  CHECK(poisson_quantile(mean * 1.001, share) > most);
  // One request at p90: e^-m (1 + m) = 0.9 at m = 0.5318
  CHECK(poisson_mean(1, 0.9) == Approx(0.53181).epsilon(1e-4));
  CHECK(poisson_quantile(100, 0.9) == 113);  // 100 + 1.2816 x 10 and half a step
}
