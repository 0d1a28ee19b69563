#include "core/chart/sweep_curves.hpp"

#include <catch2/catch.hpp>

#include "core/chart/sweep_names.hpp"

using namespace roofcast;

namespace {

SweepRecord record(std::string attention, double batch, double user) {
  SweepRecord r{.model = "m", .attention = std::move(attention), .hardware = "h", .context = 1024, .batch = batch};
  r.max_batch_memory = 100;
  r.weights_gib = 10;
  r.kv_gib = batch / 10;
  r.step_ms = 1000 / user;
  r.tokens_s_user = user;
  r.tokens_s = r.tokens_s_gpu = batch * user;
  r.tpot_ms = r.step_ms;
  r.grade = Grade::calibrated;
  return r;
}

SweepRecord out_of_memory(std::string attention, double batch) {
  auto r = record(std::move(attention), batch, 1);
  r.step_ms = r.tokens_s_user = r.tokens_s = r.tokens_s_gpu = r.tpot_ms = {};
  r.status = PointStatus::oom;
  r.reason = "the KV cache does not fit";
  return r;
}

}  // namespace

TEST_CASE("names of a sweep say what differs and nothing else") {
  auto a = record("gqa:8", 1, 100), b = record("mha", 1, 100);
  CHECK(SweepNames(std::array{a, b}).variant(a) == "gqa:8");
  b.attention = a.attention;
  b.tp = 4;
  CHECK(SweepNames(std::array{a, b}).variant(a) == "tp 1");
  CHECK(SweepNames(std::array{a, b}).variant(b) == "tp 4");
  b.context = 2048;
  CHECK(SweepNames(std::array{a, b}).length(b) == "2,048 tokens");
  CHECK(SweepNames(std::array{a}).variant(a) == "gqa:8");
  CHECK(SweepNames(std::array{a}).subject().title == "m on h");
}

TEST_CASE("rows of a sweep become one curve per variant, whose end is memory where a row ran out of it") {
  const std::array rows{record("mha", 8, 50), record("mha", 1, 100), out_of_memory("mha", 128), record("mqa", 1, 100)};
  const auto curves = concurrency_curves(rows, {});
  REQUIRE(curves.size() == 2);
  CHECK(curves[0].points.size() == 2);
  CHECK(curves[0].points[0].concurrency == 1);  // sorted
  CHECK(curves[0].memory_limit == 100);         // 128 were too many
  CHECK(!curves[1].memory_limit);
  CHECK(curves[1].style == 1);
}

TEST_CASE("an SLO given to the chart replaces the status of the sweep's rows") {
  auto slow = record("mha", 8, 50);  // 20 ms
  slow.status = PointStatus::slo;
  const std::array rows{record("mha", 1, 100), slow};
  CHECK(!concurrency_curves(rows, {})[0].points[1].keeps_slos);
  CHECK(concurrency_curves(rows, {.tpot = 25.0 * units::ms})[0].points[1].keeps_slos);
  const auto strict = concurrency_curves(rows, {.tpot = 15.0 * units::ms});
  CHECK(!strict[0].points[1].keeps_slos);
  CHECK(strict[0].slo == Limit::tpot);
}

TEST_CASE("a length holds what memory does, until a batch of the sweep misses the SLO") {
  const std::array rows{record("mha", 1, 100), record("mha", 8, 50), record("mha", 64, 10)};
  const auto free = limit_curves(rows, {});
  CHECK(free[0].points[0].concurrency == 100);
  CHECK(free[0].points[0].binding == Limit::memory);
  CHECK(free[0].grade == Grade::exact);
  const auto held = limit_curves(rows, {.tpot = 25.0 * units::ms});  // 20 ms at 8, 100 ms at 64
  CHECK(held[0].points[0].concurrency == 8);
  CHECK(held[0].points[0].binding == Limit::tpot);
  CHECK(held[0].grade == Grade::calibrated);
}

TEST_CASE("rows at the largest batch that keeps the SLOs are limits themselves") {
  // A sweep without --batch: one row a length, 40 of the 100 that fit; at 4,096 tokens memory holds 20 and all run.
  auto first = record("mha", 40, 50), second = record("mha", 20, 50);
  second.context = 4096;
  second.max_batch_memory = 20;
  const auto c = limit_curves(std::array{first, second}, {});
  CHECK(c[0].points[0].concurrency == 40);
  CHECK(!c[0].points[0].binding);
  CHECK(c[0].points[1].concurrency == 20);
  CHECK(c[0].points[1].binding == Limit::memory);
}

TEST_CASE("prompts of different lengths under one context are limits of their own") {
  // 1,024 tokens as 512 + 512 keep 25 ms a token at 8 (20 ms); as 1,000 + 24 at 1 alone (100 ms at 8).
  auto alone = record("mha", 1, 90), even = record("mha", 8, 50), uneven = record("mha", 1, 50),
       slow = record("mha", 8, 10);
  alone.isl = alone.osl = even.isl = even.osl = 512;
  uneven.isl = slow.isl = 1000;
  uneven.osl = slow.osl = 24;
  const auto c = limit_curves(std::array{alone, even, uneven, slow}, {.tpot = 25.0 * units::ms});
  REQUIRE(c.size() == 2);
  CHECK(c[0].name == "mha, 512 written");
  CHECK(c[0].points[0].concurrency == 8);
  CHECK(!c[0].points[0].binding);  // more fit, but the sweep did not ask whether they keep the SLO
  CHECK(c[1].name == "mha, 24 written");
  CHECK(c[1].points[0].concurrency == 1);
  CHECK(c[1].points[0].binding == Limit::tpot);
}

TEST_CASE("rows of different drafts, prefix hits or requests are curves of their own") {
  auto plain = record("mha", 8, 50), cached = plain, drafted = plain, busy = plain;
  cached.prefix_hit = 0.5;
  drafted.draft_tokens = 3;
  drafted.acceptance = 0.7;
  plain.requests_s = cached.requests_s = drafted.requests_s = 2;
  busy.requests_s = 4;
  const auto curves = concurrency_curves(std::array{plain, cached, drafted, busy}, {});
  REQUIRE(curves.size() == 4);
  CHECK(curves[0].name == "prefix hit 0% no drafts 2 requests/s");
  CHECK(curves[1].name == "prefix hit 50% no drafts 2 requests/s");
  CHECK(curves[2].name == "prefix hit 0% 3 drafts at 70% 2 requests/s");
  CHECK(curves[3].name == "prefix hit 0% no drafts 4 requests/s");
  CHECK(SweepNames(std::array{drafted}).subject().subtitle.contains("3 drafts at 70%, 2 requests/s"));
}

TEST_CASE("a memory bar of a sweep is its largest batch that fits, with the room that is left") {
  const std::array rows{record("mha", 1, 100), record("mha", 50, 10), out_of_memory("mha", 200)};
  const auto bars = memory_bars(rows);
  REQUIRE(bars.size() == 1);
  CHECK(bars[0].weights.in(units::GiB) == Approx(10));
  CHECK(bars[0].kv_used.in(units::GiB) == Approx(5));  // 50 / 10
  CHECK(bars[0].kv_free.in(units::GiB) == Approx(5));  // as many again fit
}

TEST_CASE("a variant has the same number on every chart of a sweep, also where it has no point") {
  const std::array rows{out_of_memory("mha", 1), record("mqa", 1, 100)};
  CHECK(pareto_points(rows, {})[0].style == 1);
  CHECK(concurrency_curves(rows, {})[1].style == 1);
  CHECK(limit_curves(rows, {})[1].style == 1);
}
