#include <catch2/catch.hpp>

#include "core/calibrated/all_reduce.hpp"
#include "tests/support/quantity_io.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

constexpr AllReduceParameters kPlain{.launch_us = 5, .hop_us = 0.5, .bus_gb_s = 70, .ramp_us = 4, .contention = 1};

}  // namespace

TEST_CASE("an all-reduce starts, hops and streams (N1, N2)", "[calibrated]") {
  const auto t = all_reduce_terms(kPlain, {.devices = 8, .bytes = 4e6});
  CHECK(t.launch.in(us) == Approx(5 + 7 * 0.5));
  // 2 x 7/8 x 4 MB = 7 MB at 70 GB/s: 100 us; the ramp adds sqrt(4 x 100) = 20 us.
  CHECK(t.memory.in(us) == Approx(120));
}

TEST_CASE("on a shared bus every doubling of the devices slows the transfer (N2)", "[calibrated]") {
  auto p = kPlain;
  p.contention = 2;
  // Two doublings from 2 to 8: four times 100 us, and sqrt(4 x 400) = 40 us.
  CHECK(all_reduce_terms(p, {.devices = 8, .bytes = 4e6}).memory.in(us) == Approx(440));
  CHECK(all_reduce_terms(p, {.devices = 2, .bytes = 7e6}).memory.in(us) == Approx(120));
}
