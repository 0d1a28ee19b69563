#include <catch2/catch.hpp>

#include "core/roofline.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

/// 1 GB/s, 100 GFLOP/s, 0.1 GB/s: the ridge is at 100 FLOP/B.
constexpr Roof kRoof{.bandwidth = 1.0 * GB / s, .compute = 100.0 * GFLOP / s, .link = 0.1 * GB / s};

}  // namespace

TEST_CASE("the slowest resource sets the time (R1)", "[core][roofline]") {
  // 1 MB takes 1 ms; 200 MFLOP take 2 ms; 0.5 MB over the link take 5 ms.
  CHECK(roofline({.bytes = 1.0 * MB}, kRoof).time.in(ms) == Approx(1.0));
  CHECK(roofline({.bytes = 1.0 * MB}, kRoof).bound == Bound::memory);
  CHECK(roofline({.bytes = 1.0 * MB, .flops = 0.2 * GFLOP}, kRoof).time.in(ms) == Approx(2.0));
  CHECK(roofline({.bytes = 1.0 * MB, .flops = 0.2 * GFLOP}, kRoof).bound == Bound::compute);
  CHECK(roofline({.bytes = 1.0 * MB, .flops = 0.2 * GFLOP, .network = 0.5 * MB}, kRoof).time.in(ms) == Approx(5.0));
  CHECK(roofline({.bytes = 1.0 * MB, .flops = 0.2 * GFLOP, .network = 0.5 * MB}, kRoof).bound == Bound::network);
}

TEST_CASE("at the ridge both roofs agree and the bound is memory (R1, R2)", "[core][roofline]") {
  const Timed at = roofline({.bytes = 1.0 * MB, .flops = 0.1 * GFLOP}, kRoof);
  CHECK(at.time.in(ms) == Approx(1.0));
  CHECK(at.bound == Bound::memory);
  CHECK(roofline({.bytes = 1.0 * MB, .flops = 0.1001 * GFLOP}, kRoof).bound == Bound::compute);
}

TEST_CASE("a cost of zero needs no roof (R1)", "[core][roofline]") {
  CHECK(roofline({}, {}).time == 0.0 * s);
  CHECK(roofline({.bytes = 1.0 * MB}, {.bandwidth = 1.0 * GB / s}).time.in(ms) == Approx(1.0));
  CHECK(roofline({.flops = 0.1 * GFLOP}, {.compute = 100.0 * GFLOP / s}).time.in(ms) == Approx(1.0));
}

TEST_CASE("costs add and scale member by member", "[core][roofline]") {
  const Cost sum = Cost{1.0 * MB, 2.0 * GFLOP, 3.0 * kB} + 2.0 * Cost{1.0 * MB, 1.0 * GFLOP, 1.0 * kB};
  CHECK(sum.bytes.in(MB) == Approx(3.0));
  CHECK(sum.flops.in(GFLOP) == Approx(4.0));
  CHECK(sum.network.in(kB) == Approx(5.0));
}

TEST_CASE("intensity is FLOP per byte", "[core][roofline]") {
  CHECK(intensity({.bytes = 2.0 * MB, .flops = 0.5 * GFLOP}).in(flop / byte) == Approx(250.0));
}

TEST_CASE("bounds have the names that CSV and JSON print", "[core][roofline]") {
  CHECK(name(Bound::memory) == "memory");
  CHECK(name(Bound::compute) == "compute");
  CHECK(name(Bound::network) == "network");
}
