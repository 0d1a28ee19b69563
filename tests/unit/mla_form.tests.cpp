#include <catch2/catch.hpp>

#include "core/calibrated/mla_decode.hpp"
#include "tests/support/quantity_io.hpp"
#include "tests/support/round_machine.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

MlaDecodeParameters plain() {
  return {.launch_us = 5,
          .bandwidth_share = 0.5,
          .compute_share = 0.5,
          .padded_heads = 12,
          .cache_reach = 1,
          .item_us = 10,
          .item_head_us = 0.5,
          .unit_stream_gb_s = 100,
          .most_splits = 4,
          .split_us = 9};
}

constexpr MlaDecodeCall kCall{.batch = 10, .context = 6400, .heads = 16};

}  // namespace

TEST_CASE("latent rows stream in parts, and sequences queue (Q2, Q4)", "[calibrated]") {
  const auto t = mla_decode_terms(plain(), round_setting(), kCall);
  // 10 items on 100 units could be cut 10 times, the kernel cuts 4 times: 6400 x 576 x 2 B / 4 = 1.8432 MB at
  // 100 GB/s: 18.432 us. Queue: 0.1 x (10 + 16 x 0.5) = 1.8 us. Together 18.5197 us.
  CHECK(t.units.in(us) == Approx(18.5197).epsilon(1e-5));
}

TEST_CASE("few heads are padded (Q5)", "[calibrated]") {
  // 16 heads padded by 12: 20. 2 x 10 x 20 x 6400 x 1088 = 2.78528 GFLOP at 50 TFLOP/s.
  CHECK(mla_decode_terms(plain(), round_setting(), kCall).compute.in(us) == Approx(55.7056));
}

TEST_CASE("parts are combined by the length of the context alone (Q3)", "[calibrated]") {
  // 9 us x log2(1 + 6400 / 128) / log2(1 + 65536 / 128) = 9 x 5.67243 / 9.00282.
  const auto t = mla_decode_terms(plain(), round_setting(), kCall);
  CHECK(t.serial.in(us) == Approx(9 * 5.67243 / 9.00282).epsilon(1e-5));
  auto more = kCall;
  more.batch = 1000;
  CHECK(mla_decode_terms(plain(), round_setting(), more).serial == t.serial);
}

TEST_CASE("heads beyond a tile are another pass over the rows (Q1)", "[calibrated]") {
  auto p = plain();
  p.most_splits = 1;
  p.item_head_us = 1e-4;
  auto crowded = kCall;
  crowded.batch = 100;
  crowded.heads = 64;
  const auto one = mla_decode_terms(p, round_setting(), crowded);
  crowded.heads = 128;
  CHECK(mla_decode_terms(p, round_setting(), crowded).units.in(us) == Approx(2 * one.units.in(us)).epsilon(1e-3));
}

TEST_CASE("between calls the cache keeps latent rows up to its reach (Q4)", "[calibrated]") {
  const MlaDecodeCall call{.batch = 1, .context = 50e6 / (576 * 2), .heads = 1};
  const auto t = mla_decode_terms(plain(), round_setting(CacheReuse::between_calls), call);
  // Half of 50 MB at 0.5 TB/s, half at 2.5 TB/s; queries and results are (576 + 512) x 2 B.
  CHECK(t.memory.in(us) == Approx(50 + 10 + 0.004352));
}
