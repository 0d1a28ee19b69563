#include <catch2/catch.hpp>

#include "core/validation/prediction.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

Device device(double speed) {
  return {.id = "any",
          .bandwidth = speed * TB / s,
          .peaks = {.bf16 = 100 * speed * TFLOP / s, .fp8 = 200 * speed * TFLOP / s},
          .link = 0.1 * speed * TB / s,
          .link_domain = 8,
          .pcie = 0.01 * speed * TB / s};
}

double time_us(const MeasuredCall& call, double speed = 1) {
  const auto p = predict_kernel({.dtype = "bf16", .call = call}, device(speed));
  INFO(p.reason);
  REQUIRE(p.figures[0]);
  return p.figures[0]->value;
}

DecodeAttentionCall decode(double batch, double context, double kv_heads, double window) {
  return {.batch = batch, .context = context, .heads = 32, .kv_heads = kv_heads, .head_dim = 128, .window = window};
}

}  // namespace

TEST_CASE("more batch or context never takes less time under the roofs, fewer KV heads never more (R1, V1)") {
  const double batch = GENERATE(take(6, random(1, 500)));
  const double context = GENERATE(take(6, random(1, 100000)));
  const double window = GENERATE(0.0, 128.0, 4096.0);
  double last = 0;
  for (const double kv_heads : {1.0, 2.0, 8.0, 32.0}) {
    const double t = time_us(decode(batch, context, kv_heads, window));
    CHECK(t >= last);
    CHECK(time_us(decode(batch + 1, context, kv_heads, window)) >= t);
    CHECK(time_us(decode(batch, context + 100, kv_heads, window)) >= t);
    last = t;
  }
}

TEST_CASE("every call takes half the time on a device with twice of everything (R1, V1-V6)") {
  const double n = GENERATE(take(20, random(1, 5000)));
  const MeasuredCall calls[] = {decode(n, 1000, 8, 0),
                                PrefillAttentionCall{.batch = 2, .tokens = n, .heads = 8, .kv_heads = 2},
                                MlaDecodeCall{.batch = n, .context = 700, .heads = 16},
                                GemmCall{n, 4096, 1024},
                                MoeCall{.tokens = n, .hidden = 1024, .intermediate = 512, .top_k = 2, .experts = 16},
                                AllReduceCall{8, 1000 * n}};
  for (const auto& call : calls) CHECK(time_us(call, 2) == Approx(time_us(call) / 2));
}

TEST_CASE("a window as long as the prompt cuts nothing, a shorter one never adds (V2)") {
  const double tokens = GENERATE(take(20, random(1, 3000)));
  const PrefillAttentionCall whole{.batch = 2, .tokens = tokens, .heads = 8, .kv_heads = 2};
  auto cut = whole;
  cut.window = tokens;
  CHECK(time_us(cut) == Approx(time_us(whole)));
  cut.window = tokens / 2 + 1;
  CHECK(time_us(cut) <= time_us(whole) * (1 + 1e-12));
}
