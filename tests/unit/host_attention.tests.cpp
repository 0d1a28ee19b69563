#include <catch2/catch.hpp>

#include "core/host_attention.hpp"
#include "tests/support/sample_ceilings.hpp"

using namespace roofcast;
using namespace roofcast::units;
using roofcast::test::round_ceilings;

namespace {

double us_of(Seconds t) {
  return t.in(us);
}

double token_ns(double group, double dim) {
  return host_attention_pace(round_ceilings(), {.heads = group, .head_dim = dim}, 1)->token.in(ns);
}

}  // namespace

TEST_CASE("the kernel's pace is linear between what was measured (H3)") {
  CHECK(token_ns(1, 128) == Approx(10));
  CHECK(token_ns(2, 128) == Approx(15));  // 10 + 1/3 of 15
  CHECK(token_ns(7, 128) == Approx(40));  // 5 ns per head beyond 4 as well
  CHECK(token_ns(1, 96) == Approx(8));
  CHECK(token_ns(1, 192) == Approx(14));
  CHECK(token_ns(1, 32) == Approx(3));  // below the smallest in proportion
  CHECK_FALSE(host_attention_pace(round_ceilings(), {.element = "fp32"}, 1).has_value());
}

TEST_CASE("a pace is that of as many busy cores, or of the nearest number that was measured (H3)") {
  auto c = round_ceilings();
  for (const int threads : {4, 8})
    c.attention.push_back({.element = "bf16", .threads = threads, .token = (10.0 + threads) * ns});
  const auto token = [&](int threads) { return host_attention_pace(c, {}, threads)->token.in(ns); };
  CHECK(token(1) == Approx(10));
  CHECK(token(2) == Approx(14));
  CHECK(token(4) == Approx(14));
  CHECK(token(6) == Approx(18));
  CHECK(token(64) == Approx(18));
}

TEST_CASE("a pace is as certain as those around it (H3)") {
  auto c = round_ceilings();
  for (auto& a : c.attention) a.spread = a.group == 4 ? 0.4 : 0.1;
  CHECK(host_attention_pace(c, {.heads = 1}, 1)->spread == Approx(0.4));  // between 1 and 4
  c.attention.push_back({.element = "bf16", .group = 2, .token = 15 * ns, .spread = 0.2});
  CHECK(host_attention_pace(c, {.heads = 1}, 1)->spread == Approx(0.2));
  CHECK(host_attention_pace(c, {.heads = 3}, 1)->spread == Approx(0.4));
}

TEST_CASE("work is cut as the kernel cuts it (H4)") {
  // 1 head of 1024 tokens for 2 threads: 8 parts of 128.
  const auto mqa = host_chunks({.context = 1024, .heads = 4}, 2);
  CHECK(mqa.count == 8);
  CHECK(mqa.tokens == 128);
  CHECK(mqa.split);
  CHECK(mqa.spread);
  // 2 heads for 2 threads, 4 parts each: every thread has a head of its own and merges it.
  const auto two = host_chunks({.context = 1024, .heads = 8, .kv_heads = 2}, 2);
  CHECK(two.count == 8);
  CHECK(two.split);
  CHECK_FALSE(two.spread);
  // 32 heads: none is cut. One thread has nobody to share with.
  CHECK(host_chunks({.context = 1024, .heads = 32, .kv_heads = 32}, 2).count == 32);
  CHECK(host_chunks({.context = 1024, .heads = 4}, 1).count == 1);
  CHECK(host_chunks({.context = 100, .heads = 4}, 2).count == 2);  // not shorter than 64 tokens
}

TEST_CASE("bytes are those of K and V rows, int8 rows with their scales (H4)") {
  CHECK(host_cache_bytes({.batch = 2, .context = 10, .heads = 8, .kv_heads = 4}) == Bytes{2 * 2 * 4 * 10 * 128 * 2});
  CHECK(host_cache_bytes({.context = 10, .element = "int8"}) == Bytes{2 * 10 * (128 + 4)});
  CHECK(host_cache_bytes({.context = 10, .element = "fp9"}) == Bytes{});
}

TEST_CASE("inside the second level only the core's time counts (H4, H5)") {
  // 8 heads x 64 tokens x 512 B = 256 KiB, one thread: 8 x (1 us + 64 x 10 ns) = 13.12 us.
  const auto t =
      host_attention_time({.context = 64, .heads = 8, .kv_heads = 8, .threads = 1}, round_ceilings()).value();
  CHECK(us_of(t.core) == Approx(13.12));
  CHECK(t.memory == Seconds{});
  CHECK(t.fixed == Seconds{});
  CHECK(us_of(t.time) == Approx(13.12));
  CHECK(t.bound == Bound::compute);
  // 90% lie within 1.22 interquartile ranges (10%), and 1.645 deviations of the overlap's error (2%).
  CHECK(us_of(t.high - t.time) == Approx(13.12 * (0.122 + 0.0329)));
  CHECK(us_of(t.time - t.low) == Approx(13.12 * (0.122 + 0.0329)));
}

TEST_CASE("out of memory half of the shorter time hides behind the longer (H4, H5)") {
  // 32 heads x 1000 tokens x 512 B = 16.384 MB; core 16 turns x (1 + 10) us = 176 us; at 25 GB/s they take 655.36 us;
  // dispatch 1 us.
  const HostAttention call{.context = 1000, .heads = 32, .kv_heads = 32, .cold = true};
  const auto t = host_attention_time(call, round_ceilings()).value();
  CHECK(us_of(t.core) == Approx(176));
  CHECK(us_of(t.memory) == Approx(655.36));
  CHECK(us_of(t.time) == Approx(1 + 655.36 + 88));
  CHECK(t.bound == Bound::memory);
  CHECK(explained_overlap(call, round_ceilings(), t.time).value() == Approx(0.5));
}

TEST_CASE("packed heads have an overlap of their own, spread heads are handed out twice (H5)") {
  // 1 KV head of 8000 tokens, 4 query heads, 2 threads: 8 parts of 1000 in 4 turns of 2 + 25 us and 2 us for merging,
  // 116 us;
  // 4.096 MB at 25 GB/s: 163.84 us. Nothing overlaps.
  const auto t = host_attention_time({.context = 8000, .heads = 4, .cold = true}, round_ceilings()).value();
  CHECK(us_of(t.time) == Approx(2 + 116 + 163.84));
}

TEST_CASE("rows that do not lie one after the other take memory longer, for one or two heads of a group (H2)") {
  auto c = round_ceilings();
  c.layout = {{.element = "bf16", .layout = "paged", .factor = 1.5}};
  const auto memory = [&](double heads, double kv_heads, std::string_view layout) {
    const HostAttention call{.context = 1000, .heads = heads, .kv_heads = kv_heads, .layout = layout, .cold = true};
    return us_of(host_attention_time(call, c)->memory);
  };
  CHECK(memory(32, 32, "") == Approx(655.36));
  CHECK(memory(32, 32, "paged") == Approx(1.5 * 655.36));
  CHECK(memory(64, 32, "paged") == Approx(1.5 * 655.36));
  CHECK(memory(96, 32, "paged") == Approx(655.36));          // packed heads fetch whole rows themselves
  CHECK(memory(32, 32, "tokens_first") == Approx(655.36));   // not measured
  CHECK(memory(1, 1, "paged") == Approx(memory(1, 1, "")));  // one KV head has no other's rows between its own
  // What explains a time is what made it: 1 us + 1.5 x 655.36 + half of 176 us.
  const HostAttention call{.context = 1000, .heads = 32, .kv_heads = 32, .layout = "paged", .cold = true};
  const auto time = host_attention_time(call, c)->time;
  CHECK(us_of(time) == Approx(1 + 983.04 + 88));
  CHECK(explained_slowdown(call, c, time).value() == Approx(1.5));
  CHECK(explained_slowdown(call, c, 0.5 * time).value() == 1);
}

TEST_CASE("more of anything never takes less time (H5)") {
  const auto c = round_ceilings();
  Seconds before{};
  for (const double context : {64, 128, 512, 2048, 8192, 32768, 131072}) {
    const auto t = host_attention_time({.context = context, .heads = 8, .kv_heads = 2}, c)->time;
    CHECK(t > before);
    before = t;
  }
  const HostAttention one{.context = 4096, .heads = 8, .kv_heads = 2};
  HostAttention two = one;
  two.batch = 2;
  CHECK(host_attention_time(two, c)->time > host_attention_time(one, c)->time);
  HostAttention cold = one;
  cold.cold = true;
  CHECK(host_attention_time(cold, c)->time >= host_attention_time(one, c)->time);
}

TEST_CASE("an overlap that was not measured may be anything (H5)") {
  auto c = round_ceilings();
  c.overlap.clear();
  const auto t = host_attention_time({.context = 1000, .heads = 32, .kv_heads = 32, .cold = true}, c).value();
  CHECK(us_of(t.time) == Approx(1 + 655.36 + 176));
  CHECK(us_of(t.low) <= 1 + 655.36);
}

TEST_CASE("a machine whose kernel or memory was not measured has no time (H5)") {
  auto c = round_ceilings();
  CHECK_FALSE(host_attention_time({.element = "int8"}, c).has_value());
  CHECK_FALSE(host_attention_time({.element = "fp9"}, c).has_value());
  c.bandwidth.clear();
  CHECK_FALSE(host_attention_time({}, c).has_value());
}
