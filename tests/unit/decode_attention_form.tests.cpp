#include <catch2/catch.hpp>

#include <cmath>

#include "core/calibrated/decode_attention.hpp"
#include "tests/support/quantity_io.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

constexpr Machine kRound{.bandwidth = TB / s, .compute = 100 * TFLOP / s, .cache = 50 * MB, .units = 100};

/// One kernel whose terms are easy to see: nothing is split, nothing is slow.
DecodeAttentionKernel plain() {
  return {.traits = {.product_rows = 1, .item_rows = 1},
          .parameters = {.launch_us = 5,
                         .bandwidth_share = 0.5,
                         .compute_share = 0.5,
                         .item_us = 1,
                         .item_row_us = 1e-4,
                         .latency_us = 0.02,
                         .unit_stream_gb_s = 1000,
                         .split_us = 0.01,
                         .most_splits = 1,
                         .tokens_per_split = 16384}};
}

constexpr DecodeAttentionCall kCall{.batch = 64, .context = 4096, .heads = 32, .kv_heads = 8};

}  // namespace

TEST_CASE("bytes read from the cache are 2 B G min(L, w) d b (C4)", "[calibrated]") {
  CHECK(cache_bytes_read(kCall) == 2.0 * 64 * 8 * 4096 * 128 * 2);
  auto windowed = kCall;
  windowed.window = 1024;
  CHECK(cache_bytes_read(windowed) == cache_bytes_read(kCall) / 4);
}

TEST_CASE("large reads take bytes over the achieved bandwidth (C4)", "[calibrated]") {
  // K and V: 2 x 64 x 8 x 4096 x 128 x 2 B = 1,073,741,824 B. Queries and outputs: 4 x 64 x 32 x 128 = 1,048,576 B,
  // appended rows: 2 x 64 x 8 x 128 x (2 + 2) = 524,288 B. All over 0.5 TB/s: 2150.63 us.
  const auto t = decode_attention_time(plain(), kRound, kCall, CacheReuse::none);
  CHECK(t.memory.in(us) == Approx(2150.629).epsilon(1e-6));
  CHECK(t.cached == 0);
  CHECK(t.launch.in(us) == 5);
  // 4 x 64 x 32 x 4096 x 128 FLOP = 4.295 GFLOP at 50 TFLOP/s: 85.899 us; 5.12 items a unit keep all of them busy, but
  // for the soft limit's (1 + 5.12^-4)^(1/4) = 1.000363.
  CHECK(t.compute.in(us) == Approx(85.930).epsilon(1e-5));
}

TEST_CASE("between calls the cache serves half of the bytes at its reach (C4)", "[calibrated]") {
  auto kernel = plain();
  kernel.parameters.cache_reach = 2;  // of 50 MB: 100 MB
  auto call = kCall;
  call.batch = 1;
  call.context = 100e6 / (2 * 8 * 128 * 2);
  const auto t = decode_attention_time(kernel, kRound, call, CacheReuse::between_calls);
  CHECK(t.cached == Approx(0.5));
  // 50 MB from memory at 0.5 TB/s: 100 us; 50 MB from the cache at 3 TB/s: 16.67 us; 20.5 kB beside: 0.04 us.
  CHECK(t.memory.in(us) == Approx(116.71).epsilon(1e-4));
  CHECK(decode_attention_time(kernel, kRound, call, CacheReuse::none).memory.in(us) == Approx(200.04).epsilon(1e-4));
}

TEST_CASE("work items queue on the units: MHA pays for every head (C1, C5)", "[calibrated]") {
  auto call = kCall;
  call.context = 2;
  const auto grouped = decode_attention_time(plain(), kRound, call, CacheReuse::none);
  CHECK(grouped.items_per_unit == 64 * 8 / 100.0);
  call.kv_heads = 32;
  const auto single = decode_attention_time(plain(), kRound, call, CacheReuse::none);
  CHECK(single.items_per_unit == 64 * 32 / 100.0);
  // 20.48 items of 1 us each; the stream of 2 rows x 512 B at 1 TB/s does not show.
  CHECK(single.units.in(us) == Approx(20.49).epsilon(1e-2));
}

TEST_CASE("matrix units multiply whole rows of query heads (C6)", "[calibrated]") {
  auto kernel = plain();
  const auto exact = decode_attention_time(kernel, kRound, kCall, CacheReuse::none);
  kernel.traits.product_rows = 16;  // 4 query heads of a KV head take what 16 take
  CHECK(decode_attention_time(kernel, kRound, kCall, CacheReuse::none).compute / exact.compute == Approx(4));
  kernel.traits.item_rows = 16;
  kernel.parameters.item_row_us = 0.5;
  // 5.12 items of 1 + 16 x 0.5 us a unit, beside 5.122 streams of 2.097 us: 46.08 + 10.74.
  CHECK(decode_attention_time(kernel, kRound, kCall, CacheReuse::none).units.in(us) == Approx(56.82).epsilon(1e-3));
}

TEST_CASE("few items multiply on few units (C6)", "[calibrated]") {
  auto call = kCall;
  call.batch = 1;
  // 8 items on 8 of 100 units: 67.1 MFLOP at 8% of 50 TFLOP/s, 16.777 us instead of 1.342. One part of 0.25 that its
  // length asks for is 1.001 by the soft limit.
  CHECK(decode_attention_time(plain(), kRound, call, CacheReuse::none).compute.in(us) == Approx(16.761).epsilon(1e-4));
}

TEST_CASE("a last wave of few items multiplies as long as a full one (C6)", "[calibrated]") {
  auto kernel = plain();
  auto call = kCall;
  call.batch = 16;  // 128 items on 100 units
  const auto even = decode_attention_time(kernel, kRound, call, CacheReuse::none).compute;
  kernel.traits.whole_waves = 1;
  // Two items on the busiest unit, not 1.28; both are soft maxima with 1: (1 + 2^4)^(1/4) / (1 + 1.28^4)^(1/4)
  // = 1.4656.
  CHECK(decode_attention_time(kernel, kRound, call, CacheReuse::none).compute / even == Approx(1.4656).epsilon(2e-3));
}

TEST_CASE("a last wave of few items takes as long as a full one where a kernel deals them out at once (C5)",
          "[calibrated]") {
  auto kernel = plain();
  auto call = kCall;
  call.context = 2;
  kernel.traits.whole_waves = 1;
  // 512 items on 100 units: 6 rounds of 1 us, not 5.12.
  CHECK(decode_attention_time(kernel, kRound, call, CacheReuse::none).units.in(us) == Approx(6).epsilon(1e-2));
  call.batch = 4;  // 32 items: the shortest takes its time, whether the other units work or not
  CHECK(decode_attention_time(kernel, kRound, call, CacheReuse::none).units.in(us) == Approx(0.32).epsilon(1e-1));
}

TEST_CASE("some kernels cut contexts into as many whole parts as fill the units once (C2)", "[calibrated]") {
  auto kernel = plain();
  kernel.parameters.most_splits = 512;
  kernel.parameters.tokens_per_split = 1;
  kernel.parameters.unit_stream_gb_s = 1;
  kernel.traits.whole_splits = 1;
  const auto streamed = [&](double kv_heads) {
    const DecodeAttentionCall call{.batch = 1, .context = 4096, .heads = kv_heads, .kv_heads = kv_heads};
    return decode_attention_time(kernel, kRound, call, CacheReuse::none).units.in(us) / (4096 * 0.512);
  };
  // One item of 1 us among 2097 us of stream does not show; a full unit's soft maximum of 1 and 1 is 2^(1/4), and that
  // of the shortest item's time beside it (1 + 1/2)^(1/4) = 1.3161 in all.
  CHECK(streamed(51) == Approx(1.3161).epsilon(1e-3));      // 100 / 51: one part
  CHECK(streamed(50) == Approx(1.3161 / 2).epsilon(2e-2));  // two, of which the soft maximum makes 2.03
  CHECK(streamed(34) == Approx(1.3161 / 2).epsilon(2e-2));  // 100 / 34: two
}

TEST_CASE("query heads beyond a tile are another pass over the same rows, out of the cache (C1, C4)", "[calibrated]") {
  auto kernel = plain();
  auto call = kCall;
  call.heads = 64;
  call.kv_heads = 1;
  const auto one = decode_attention_time(kernel, kRound, call, CacheReuse::none);
  kernel.traits.query_tile = 32;
  const auto two = decode_attention_time(kernel, kRound, call, CacheReuse::none);
  CHECK(two.items_per_unit == 2 * one.items_per_unit);
  // The rows once more at 3 TB/s: 2 x 64 x 4096 x 128 x 2 B = 134.2 MB: 44.74 us.
  CHECK((two.memory - one.memory).in(us) == Approx(44.739).epsilon(1e-4));
}

TEST_CASE("a context is split until the units are full (C2)", "[calibrated]") {
  auto kernel = plain();
  kernel.parameters.most_splits = 64;
  kernel.parameters.tokens_per_split = 1;
  kernel.parameters.unit_stream_gb_s = 1;
  const DecodeAttentionCall call{.batch = 1, .context = 65536, .heads = 8, .kv_heads = 1};
  // One item, 100 units, at most 64 parts: (64^-4 + 100^-4)^(-1/4) = 61.57 parts of 1064 rows, 512 B each at 1 GB/s:
  // 545.0 us. 0.6157 items a unit stretch them by (1 + 0.6157^4)^(1/4) to 563.7, plus 0.6 for the items; the shortest
  // item takes 545.0 as well: (564.3^4 + 545.0^4)^(1/4) = 659.9.
  const auto t = decode_attention_time(kernel, kRound, call, CacheReuse::none);
  CHECK(t.units.in(us) == Approx(659.9).epsilon(1e-4));
  // At most one part: the soft limit makes it 2^(1/4) parts, which the soft maximum of two equal times takes back.
  kernel.parameters.most_splits = 1;
  CHECK(decode_attention_time(kernel, kRound, call, CacheReuse::none).units.in(us) ==
        Approx(65536 * 0.512).epsilon(1e-4));
}

TEST_CASE("combining parts and launching are not hidden behind the rest (C3, C7)", "[calibrated]") {
  auto kernel = plain();
  kernel.parameters.split_us = 8;
  kernel.parameters.most_splits = 100;
  kernel.parameters.tokens_per_split = 128;
  // 4096 / 128 = 32 parts at most by length: 8 x (1 - 1/31.9) us, whatever the batch.
  const auto t = decode_attention_time(kernel, kRound, kCall, CacheReuse::none);
  CHECK(t.combine.in(us) == Approx(8 * (1 - 1 / 31.9)).epsilon(1e-3));
  CHECK(t.total() > t.launch + t.combine + t.memory);
  CHECK(t.total() < t.launch + t.combine + t.memory + t.units + t.compute);
}

TEST_CASE("a kernel that reads at block borders reads more than its window (C4)", "[calibrated]") {
  auto kernel = plain();
  auto call = kCall;
  call.window = 1024;
  const auto exact = decode_attention_time(kernel, kRound, call, CacheReuse::none);
  kernel.traits.window_margin = 128;
  const auto margin = decode_attention_time(kernel, kRound, call, CacheReuse::none);
  // 128 of 1024 rows more: 64 x 8 x 128 x 512 B = 33.55 MB at 0.5 TB/s.
  CHECK((margin.memory - exact.memory).in(us) == Approx(67.109).epsilon(1e-4));
}
