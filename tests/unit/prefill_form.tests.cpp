#include <catch2/catch.hpp>

#include "core/calibrated/prefill_attention.hpp"
#include "tests/support/quantity_io.hpp"
#include "tests/support/round_machine.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

PrefillAttentionParameters plain() {
  return {.launch_us = 5,
          .bandwidth_share = 0.5,
          .compute_share = 0.5,
          .ramp_tokens = 1024,
          .item_us = 1,
          .stream_us = 8,
          .token_ns = 1,
          .masked_share = 0.001};
}

constexpr PrefillAttentionCall kCall{.batch = 1, .tokens = 1024, .heads = 8, .kv_heads = 2};

}  // namespace

TEST_CASE("short prompts multiply at a part of the rate of long ones (P2)", "[calibrated]") {
  const auto t = prefill_attention_terms(plain(), round_setting(), kCall);
  // Causal half: 4 x 8 x 128 x 1024 x 1025 / 2 = 2.14958 GFLOP at 50 TFLOP/s, half of the rate at 1024 tokens:
  // 85.983 us. 8 heads x 8 tiles of 128 queries on 100 units: 0.64 us.
  CHECK(t.compute.in(us) == Approx(85.983 + 0.64).epsilon(1e-4));
  // K and V 1,048,576 B, queries and results 4,194,304 B, at 0.5 TB/s.
  CHECK(t.memory.in(us) == Approx(10.48576));
}

TEST_CASE("the longest work item and the prompt's own tokens take their time (P3, P4)", "[calibrated]") {
  const auto t = prefill_attention_terms(plain(), round_setting(), kCall);
  CHECK(t.units.in(us) == Approx(8));       // 1024 tokens attended
  CHECK(t.serial.in(us) == Approx(1.024));  // 1024 x 1 ns
  CHECK(t.total() > t.launch + t.serial + t.compute);
}

TEST_CASE("heads of another size run at another rate (P2)", "[calibrated]") {
  auto p = plain();
  p.compute_per_doubling = 0.5;
  p.item_per_doubling = 4;
  auto wide = kCall;
  wide.head_dim = 256;
  // Twice the products at half of the rate; items of 4 us.
  CHECK(prefill_attention_terms(p, round_setting(), wide).compute.in(us) ==
        Approx(4 * 85.983 + 4 * 0.64).epsilon(1e-4));
}

TEST_CASE("a kernel that computes what a window hides gains nothing from it (P1)", "[calibrated]") {
  auto p = plain();
  p.ramp_tokens = 1;
  auto windowed = kCall;
  windowed.window = 128;
  const auto skipped = prefill_attention_terms(p, round_setting(), windowed);
  CHECK(skipped.compute < 0.3 * prefill_attention_terms(p, round_setting(), kCall).compute);
  p.masked_share = 1;
  const auto all = prefill_attention_terms(p, round_setting(), windowed);
  CHECK(all.units == prefill_attention_terms(p, round_setting(), kCall).units);
  CHECK(all.compute.in(us) == Approx(prefill_attention_terms(p, round_setting(), kCall).compute.in(us)).epsilon(0.01));
}
