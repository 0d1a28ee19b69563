#include <catch2/catch.hpp>

#include <cmath>

#include "core/queue.hpp"
#include "tests/support/random_model.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

ServiceTime constant(double seconds) {
  return {.mean = seconds * s, .second_moment = seconds * seconds};
}

/// Mean wait over many requests that arrive at random, served one after another for `service` s each (Lindley).
double counted_wait(double requests_s, double service) {
  tests::Dice dice{17};
  const auto draw = [&] { return (dice.between(1, 1'000'000)) / 1e6; };
  double wait = 0, sum = 0;
  constexpr int kRequests = 300'000;
  for (int i = 0; i < kRequests; ++i) {
    sum += wait;
    wait = std::max(0.0, wait + service + std::log(draw()) / requests_s);
  }
  return sum / kRequests;
}

}  // namespace

TEST_CASE("equal prompts wait half as long as exponential ones (W5)", "[core][queue]") {
  // load 0.5 of 1 s each: 0.5 x 1 / (2 x 0.5) = 0.5 s; exponential: second moment 2, twice as long
  CHECK(queueing_time(0.5, constant(1)).in(s) == Approx(0.5));
  CHECK(queueing_time(0.5, {.mean = 1.0 * s, .second_moment = 2}).in(s) == Approx(1.0));
  CHECK(queueing_time(1e-9, constant(1)).in(s) == Approx(0).margin(1e-8));
  CHECK(std::isinf(queueing_time(1, constant(1)).in(s)));
  CHECK(std::isinf(queueing_time(2, constant(1)).in(s)));
}

TEST_CASE("the wait is what counting requests finds (W5)", "[core][queue]") {
  for (const double load : {0.2, 0.5, 0.8})
    CHECK(counted_wait(load, 1) == Approx(queueing_time(load, constant(1)).in(s)).epsilon(0.05));
}

TEST_CASE("one place is a server, many are hardly waited for (W6)", "[core][queue]") {
  // M/M/1: load / (1 - load) stays; the approximation is exact there: the exponent is sqrt(4) - 1 = 1.
  CHECK(place_time(1, 0.5, 2.0 * s, 1).in(s) == Approx(2));
  CHECK(place_time(1, 0.5, 2.0 * s, 0).in(s) == Approx(1));
  // M/M/2 at load 0.8 waits 0.64 / 0.36 = 1.778 stays exactly
  CHECK(place_time(2, 0.8, 1.0 * s, 1).in(s) == Approx(1.778).epsilon(0.03));
  CHECK(place_time(256, 0.8, 1.0 * s, 1).in(s) < 1e-3);
  CHECK(std::isinf(place_time(4, 1, 1.0 * s, 1).in(s)));
}

TEST_CASE("percentiles of a wait are those of an exponential tail (W7)", "[core][queue]") {
  // M/M/1 at load 0.5: mean 1 s over all, 2 s of those that wait; 1 - 0.5 e^(-t/2) = 0.9 at t = 2 ln 5
  CHECK(wait_quantile(1.0 * s, 0.5, 0.9).in(s) == Approx(2 * std::log(5)));
  CHECK(wait_quantile(1.0 * s, 0.05, 0.9) == Seconds{});  // nine in ten do not wait at all
  CHECK(wait_quantile(1.0 * s, 0.5, 0.99) > wait_quantile(1.0 * s, 0.5, 0.9));
}
