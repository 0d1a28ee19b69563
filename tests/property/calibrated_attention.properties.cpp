#include <catch2/catch.hpp>

#include <cmath>

#include "core/calibrated/calibrated_attention.hpp"
#include "tests/support/mutation.hpp"

using namespace roofcast;

namespace {

constexpr Machine kMachine{.bandwidth = 3.35 * units::TB / units::s,
                           .compute = 989 * units::TFLOP / units::s,
                           .cache = 50 * units::MiB,
                           .units = 132};

double between(test::Random& random, double least, double most) {
  const double share = static_cast<double>(random() >> 11) * 0x1p-53;
  return std::exp(std::log(least) + share * std::log(most / least));
}

/// Any parameters within their bounds, any traits.
DecodeAttentionKernel any_kernel(test::Random& random) {
  DecodeAttentionKernel kernel;
  for (const auto& field : DecodeAttentionParameters::fields())
    kernel.parameters.*field.member = between(random, field.least, field.most);
  const auto flag = [&] { return static_cast<double>(random() % 2); };
  constexpr double kTiles[] = {1, 8, 16, 64, 128};
  kernel.traits = {.query_tile = kTiles[random() % 5],
                   .packs_windowed = flag(),
                   .splits_single = flag(),
                   .plans_on_context = flag(),
                   .split_most_items = 128 * flag(),
                   .split_most_batch = 992 * flag(),
                   .split_least_tokens = 1024 * flag(),
                   .window_margin = 128 * flag(),
                   .product_rows = kTiles[random() % 4],
                   .item_rows = kTiles[random() % 4],
                   .whole_waves = flag(),
                   .whole_splits = flag()};
  return kernel;
}

DecodeAttentionCall any_call(test::Random& random) {
  const double kv_heads = std::round(between(random, 1, 64));
  return {.batch = std::round(between(random, 1, 2048)),
          .context = std::round(between(random, 1, 131072)),
          .heads = kv_heads * std::exp2(static_cast<double>(random() % 7)),
          .kv_heads = kv_heads,
          .head_dim = 64 * std::exp2(static_cast<double>(random() % 4)),
          .window = random() % 2 == 0 ? 0 : std::exp2(static_cast<double>(7 + random() % 7)),
          .kv_bytes = random() % 2 == 0 ? 1.0 : 2.0};
}

double us(const DecodeAttentionKernel& kernel, const DecodeAttentionCall& call) {
  return decode_attention_time(kernel, kMachine, call, CacheReuse::none).total().in(units::us);
}

}  // namespace

TEST_CASE("in serving a larger batch or a longer context never takes less time (C8)", "[property][calibrated]") {
  test::Random random(1);
  for (int i = 0; i < 4000; ++i) {
    const auto kernel = any_kernel(random);
    auto call = any_call(random);
    CAPTURE(i, call.batch, call.context, call.heads, call.kv_heads, call.window);
    const double time = us(kernel, call);
    auto larger = call;
    larger.batch = std::round(call.batch * between(random, 1, 64)) + 1;
    CHECK(us(kernel, larger) >= time * (1 - 1e-12));
    auto longer = call;
    longer.context = std::round(call.context * between(random, 1, 64)) + 1;
    CHECK(us(kernel, longer) >= time * (1 - 1e-12));
  }
}

TEST_CASE("in serving no time and no interval beats the roofs of the data sheet (C4, C6, C9)",
          "[property][calibrated]") {
  test::Random random(2);
  for (int i = 0; i < 2000; ++i) {
    const auto call = any_call(random);
    CalibratedDecodeAttention calibrated{.kernel = any_kernel(random)};
    calibrated.interval = {.low = -between(random, 0.01, 3), .high = between(random, 0.01, 3)};
    const auto t = predicted(calibrated, kMachine, call, CacheReuse::none);
    const Seconds bytes = Bytes{cache_bytes_read(call)} / kMachine.bandwidth;
    const Seconds products =
        Flops{cache_bytes_read(call) / call.kv_bytes * 2 * call.heads / call.kv_heads} / kMachine.compute;
    CAPTURE(i, call.batch, call.context, call.heads, call.kv_heads, call.window);
    CHECK(t.low >= std::max(bytes, products) * (1 - 1e-12));
    CHECK(t.low <= t.time);
    CHECK(t.time <= t.high);
  }
}

TEST_CASE("with one query head per KV head the size of the query tile changes nothing (C1)", "[property][calibrated]") {
  test::Random random(3);
  for (int i = 0; i < 200; ++i) {
    auto kernel = any_kernel(random);
    auto call = any_call(random);
    call.heads = call.kv_heads;
    const double time = us(kernel, call);
    kernel.traits.query_tile = 64;  // one query head a tile, whatever its size
    CHECK(us(kernel, call) == Approx(time).epsilon(1e-12));
    CHECK(time > kernel.parameters.launch_us);
  }
}
