#include <catch2/catch.hpp>

#include "core/calibrated/moe.hpp"
#include "tests/support/quantity_io.hpp"
#include "tests/support/round_machine.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

constexpr MoeParameters kPlain{
    .launch_us = 5, .bandwidth_share = 0.5, .compute_share = 0.5, .expert_us = 1, .pair_ns = 10, .token_ns = 100};

const LoadedMoeCall kCall = loaded({.tokens = 64, .hidden = 1024, .intermediate = 2048, .top_k = 2, .experts = 8});

}  // namespace

TEST_CASE("experts that meet a token are read whole (E2)", "[calibrated]") {
  // 8 x 3 x 1024 x 2048 x 2 B = 100,663,296 B; 128 rows of (2 x 1024 + 3 x 2048) x 2 B = 2,097,152 B; at 0.5 TB/s.
  CHECK(moe_terms(kPlain, round_setting(), kCall).memory.in(us) == Approx(205.520896));
}

TEST_CASE("every expert multiplies whole tiles of rows (E3)", "[calibrated]") {
  // 8 tiles of 16 rows x 2 x 6,291,456 = 1.6106 GFLOP at 50 TFLOP/s.
  CHECK(moe_terms(kPlain, round_setting(), kCall).compute.in(us) == Approx(32.21225));
  // One token more is a tile more for each expert that the lists count on.
  auto more = loaded({.tokens = 68, .hidden = 1024, .intermediate = 2048, .top_k = 2, .experts = 8});
  CHECK(moe_terms(kPlain, round_setting(), more).compute.in(us) == Approx(2 * 32.21225));
}

TEST_CASE("experts, pairs and tokens have a price of their own (E4)", "[calibrated]") {
  // 8 x 1 us, 128 x 10 ns, 64 x 100 ns at a quarter of the width.
  CHECK(moe_terms(kPlain, round_setting(), kCall).serial.in(us) == Approx(8 + 1.28 + 1.6));
}

TEST_CASE("experts with two matrices take two thirds of the weights (E2)", "[calibrated]") {
  auto setting = round_setting();
  setting.matrices = 2;
  CHECK(moe_terms(kPlain, setting, kCall).compute.in(us) == Approx(32.21225 * 2 / 3));
}
