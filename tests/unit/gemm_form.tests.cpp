#include <catch2/catch.hpp>

#include "core/calibrated/gemm.hpp"
#include "tests/support/quantity_io.hpp"
#include "tests/support/round_machine.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

GemmParameters plain() {
  return {.launch_us = 5,
          .bandwidth_share = 0.5,
          .compute_share = 0.5,
          .cache_speed = 4,
          .stream_us = 4,
          .unsplit_k = 131072,
          .tile_us = 1,
          .quantise_token_ns = 2,
          .quantise_bandwidth_share = 0.5};
}

constexpr GemmCall kCall{.m = 64, .n = 4096, .k = 4096};

}  // namespace

TEST_CASE("a product moves its operands and multiplies at achieved rates (G2, G4)", "[calibrated]") {
  const auto t = gemm_terms(plain(), round_setting(), kCall);
  CHECK(t.launch.in(us) == 5);
  // 4096 x 4096 x 2 B = 33,554,432 B of weights, 2 x 64 x 4096 x 2 B beside: 34,603,008 B at 0.5 TB/s.
  CHECK(t.memory.in(us) == Approx(69.206016));
  // 2 x 64 x 4096 x 4096 = 2.147 GFLOP at 50 TFLOP/s.
  CHECK(t.compute.in(us) == Approx(42.94967));
  CHECK(t.roof.in(us) == Approx(34.603008));
  CHECK(t.serial.in(us) == 0);
}

TEST_CASE("tiles queue on the units (G1)", "[calibrated]") {
  // 1 x 32 tiles on 100 units: 0.32 x 1 us, and each goes through k = 4096 in 4 us.
  CHECK(gemm_terms(plain(), round_setting(), kCall).units.in(us) == Approx(4.32).epsilon(1e-3));
  auto tall = kCall;
  tall.m = 1280;  // 10 x 32 tiles
  CHECK(gemm_terms(plain(), round_setting(), tall).units.in(us) == Approx(7.2).epsilon(1e-3));
  tall.m = 1281;  // one row more is one more row of tiles
  CHECK(gemm_terms(plain(), round_setting(), tall).units.in(us) == Approx(7.52).epsilon(1e-3));
}

TEST_CASE("idle units take their part of k (G3)", "[calibrated]") {
  auto p = plain();
  p.unsplit_k = 32;
  // 0.32 tiles per unit: k = 4096 x 0.32 = 1310.7, softly 1307.3, at 4 us per 4096; and the tiles themselves.
  CHECK(gemm_terms(p, round_setting(), kCall).units.in(us) == Approx(4 * 1307.3 / 4096 + 0.32).epsilon(1e-4));
}

TEST_CASE("between calls the cache serves half of the weights when its copies just fit (G2)", "[calibrated]") {
  // Six copies of 8.33 MB are 50 MB.
  const GemmCall call{.m = 1, .n = 50e6 / 6 / 2 / 4096, .k = 4096};
  const auto t = gemm_terms(plain(), round_setting(CacheReuse::between_calls), call);
  // 4.1667 MB + 8192 B + 2035 B at 0.5 TB/s, 4.1667 MB at 4 TB/s.
  CHECK(t.memory.in(us) == Approx(8.3333 + 0.02045 + 1.0417).epsilon(1e-4));
  CHECK(t.roof.in(us) == 0);
}

TEST_CASE("formats below 16 bit quantise their activations first (G5)", "[calibrated]") {
  auto setting = round_setting();
  setting.format = *find_weight_format("fp8");
  CHECK(quantises_activations(setting.format));
  CHECK_FALSE(quantises_activations(*find_weight_format("int4_wo")));
  // 1000 x 4096 elements: 2 B read, 1 B written: 12.288 MB at 0.5 TB/s, and 1000 rows of 2 ns.
  const auto t = gemm_terms(plain(), setting, {.m = 1000, .n = 4096, .k = 4096});
  CHECK(t.serial.in(us) == Approx(24.576 + 2));
}
