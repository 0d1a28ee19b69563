#include <catch2/catch.hpp>

#include <cmath>

#include "core/estimate.hpp"
#include "core/sweep_row.hpp"
#include "core/verdict.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

Scenario arriving(double requests_s, const Deployment& d = {}) {
  Scenario s = scenario(llama_3_1_8b(), h100_sxm(), d);
  s.workload = {.isl = 2000, .osl = 500, .requests_s = requests_s};
  return s;
}

ArrivalState state(const Scenario& s) {
  const CompiledScenario c = compile(s);
  return arrival_state(c, c.roofs, s.workload);
}

}  // namespace

TEST_CASE("sequences in flight are arrivals times their stay (W4)", "[core][arrivals]") {
  for (const double rate : {0.1, 1.0, 5.0}) {
    const ArrivalState a = state(arriving(rate));
    REQUIRE_FALSE(a.overloaded());
    CHECK(a.in_flight == Approx(rate * 500 * a.tpot.in(s)));
  }
}

TEST_CASE("at the rate of a steady stream the state is that stream (W4, S3)", "[core][arrivals]") {
  Scenario s = arriving(1);
  const CompiledScenario c = compile(s);
  Workload stream = s.workload;
  stream.requests_s.reset();
  const ServingTimes t = steady_stream(c, c.roofs, stream, 20);
  s.workload.requests_s = 20 / (500 * t.tpot.in(units::s));
  const ArrivalState a = state(s);
  CHECK(a.in_flight == Approx(20));
  CHECK(a.tpot.in(ms) == Approx(t.tpot.in(ms)));
  CHECK(shown_batch(a) == 20);
}

TEST_CASE("more requests mean longer waits until it is too many (W4-W7)", "[core][arrivals]") {
  const double most = state(arriving(1)).most_requests_s;
  ArrivalState before = state(arriving(0.01 * most));
  for (double share = 0.05; share < 1; share += 0.05) {
    const ArrivalState now = state(arriving(share * most));
    CAPTURE(share);
    CHECK_FALSE(now.overloaded());
    CHECK(now.most_requests_s == Approx(most));
    CHECK(now.tpot >= before.tpot);
    CHECK(now.ttft >= before.ttft);
    CHECK(now.ttft_p90 >= now.ttft);
    CHECK(now.ttft_p99 >= now.ttft_p90);
    CHECK(now.in_flight <= now.most_in_flight);
    before = now;
  }
  CHECK(state(arriving(1.001 * most)).overloaded());
  CHECK(std::isinf(state(arriving(1.001 * most)).ttft.in(s)));
}

TEST_CASE("what goes out is what comes in, and no more than can be (W4)", "[core][arrivals]") {
  const double most = state(arriving(1)).most_requests_s;
  const auto calm = estimate(arriving(0.5 * most)), flooded = estimate(arriving(3 * most));
  REQUIRE(calm);
  CHECK(calm->rates.tokens_s == Approx(0.5 * most * 500));
  CHECK(verdict(*calm).yes);
  REQUIRE(flooded);
  CHECK(flooded->rates.tokens_s == Approx(most * 500));
  CHECK_FALSE(verdict(*flooded).yes);
  CHECK_THAT(verdict(*flooded).sentence, Catch::Contains("overload"));
}

TEST_CASE("replicas share what arrives (W4)", "[core][arrivals]") {
  const ArrivalState one = state(arriving(2)), four = state(arriving(8, {.dp = 4}));
  CHECK(four.in_flight == Approx(one.in_flight));
  CHECK(four.most_requests_s == Approx(4 * one.most_requests_s));
}

TEST_CASE("the batch that is asked for is the most that decode (W4)", "[core][arrivals]") {
  Scenario s = arriving(1);
  s.workload.batch = 4;
  const ArrivalState a = state(s);
  CHECK(a.most_in_flight == 4);
  CHECK(a.most_requests_s < state(arriving(1)).most_requests_s);
}

TEST_CASE("cached prefixes leave less to compute, and as many rows (D12)", "[core][arrivals]") {
  Scenario s = arriving(1);
  s.workload.requests_s.reset();
  s.workload.batch = 16;
  const auto plain = estimate(s);
  s.workload.prefix_hit = 0.6;
  const auto cached = estimate(s);
  REQUIRE(plain);
  REQUIRE(cached);
  CHECK(cached->prefill->time() < 0.5 * plain->prefill->time());
  CHECK(cached->prefill->time() > 0.35 * plain->prefill->time());
  CHECK(cached->serving->tpot < plain->serving->tpot);
  CHECK(cached->rates.step == plain->rates.step);
  CHECK(cached->limits.max_batch_memory == plain->limits.max_batch_memory);
  s.workload.prefix_hit = 1;  // the last token is computed in any case
  const auto whole = estimate(s);
  CHECK(whole->prefill->cost().flops > Flops{});
  CHECK(whole->prefill->time() < cached->prefill->time());
}

TEST_CASE("what is cached and what is not make up the whole prompt (D7, D12)", "[core][arrivals]") {
  const CacheStream rows{.name = "kv", .window = GENERATE(100.0, 1024.0, CacheStream::kUnbounded)};
  const Operator op{.name = "attention",
                    .kind = OperatorKind::attention,
                    .flops_token = 3,
                    .stream = rows,
                    .row_bytes = 2,
                    .prefill_row_flops = 5};
  // Products of a prompt of 3000: those of its first 1000, and those of the rest behind them.
  const double all = prefill_traffic(op, 3000, 1).flops, first = prefill_traffic(op, 1000, 1).flops,
               rest = prefill_traffic(op, 3000, 1, 1000).flops;
  CHECK(first + rest == Approx(all));
  // Rows that chunks of 1000 read: the first of three, and two that follow it.
  CHECK(chunked_rows(rows, 1000, 1) + chunked_rows(rows, 2000, 2, 1000) == Approx(chunked_rows(rows, 3000, 3)));
}

TEST_CASE("prompts read elsewhere do not slow answers (W8, S3)", "[core][arrivals]") {
  Scenario s = arriving(1);
  s.workload.requests_s.reset();
  s.workload.batch = 32;
  const auto together = estimate(s);
  s.deployment.prefill = 2;
  const auto apart = estimate(s);
  REQUIRE(together);
  REQUIRE(apart);
  CHECK(apart->scenario.deployment.gpus() == 3);
  CHECK(apart->serving->tpot == apart->rates.step);
  CHECK(apart->serving->tpot < together->serving->tpot);
  // 2000 tokens x 131,072 B over 450 GB/s
  const CompiledScenario c = compile(s);
  CHECK(transfer_time(c, 2000).in(ms) == Approx(2000 * 131'072 / 450e6));
}

TEST_CASE("busy readers do not take places from answers (W6, W8)", "[core][arrivals]") {
  Scenario s = arriving(1, {.dp = 4});
  s.workload.batch = 2;
  s.deployment.prefill = 100;
  const double most = state(s).most_requests_s;
  s.workload.requests_s = 0.5 * most;
  const ArrivalState calm = state(s);
  // A share of readers that this leaves 80% busy: the places are those of the four that decode, as before.
  const Seconds prompt = estimate(s)->prefill->time();
  s.deployment.prefill = static_cast<int>(std::ceil(0.5 * most * prompt.in(units::s) / 0.8));
  const ArrivalState busy = state(s);
  REQUIRE_FALSE(busy.overloaded());
  REQUIRE(busy.queueing > calm.queueing);
  CHECK(calm.place > Seconds{});
  CHECK(busy.place.in(units::s) == Approx(calm.place.in(units::s)));
}

TEST_CASE("percentiles of the first token are those of the wait for a place, too (W6, W7)", "[core][arrivals]") {
  Scenario s = arriving(1);
  s.workload.batch = 1;
  s.workload.requests_s = 0.8 * state(s).most_requests_s;
  const ArrivalState a = state(s);
  // One place, taken 80% of the time: the mean of all is m, nine in ten wait less than m / 0.8 ln(0.8 / 0.1) = 2.60 m.
  REQUIRE(a.place > 10 * a.queueing);
  CHECK((a.ttft_p90 - a.ttft) / a.place == Approx(1.60).epsilon(0.05));
  CHECK((a.ttft_p99 - a.ttft) / a.place == Approx(std::log(80) / 0.8 - 1).epsilon(0.05));
}

TEST_CASE("too few readers hold the answers back (W8)", "[core][arrivals]") {
  Scenario s = arriving(1, {.dp = 30});
  s.workload.requests_s.reset();
  s.workload.osl = 10;
  s.workload.batch = 64;
  s.deployment.prefill = 1;
  const auto e = estimate(s);
  REQUIRE(e);
  CHECK(std::isinf(e->serving->ttft.in(units::s)));
  const Seconds prompt = e->prefill->time();
  CHECK(e->rates.tokens_s == Approx(10 / prompt.in(units::s)));
  s.workload.requests_s = 2 / prompt.in(units::s);
  CHECK(state(s).overloaded());
  CHECK(state(s).most_requests_s == Approx(1 / prompt.in(units::s)));
}

TEST_CASE("a row of a sweep under arrivals is the estimate's (W4)", "[core][arrivals]") {
  const Scenario s = arriving(3, {.dp = 2});
  const auto e = estimate(s);
  REQUIRE(e);
  const SweepConfig config = sweep_config(s);
  const SweepRow row = sweep_row(config, s.workload, 0);
  CHECK(row.batch == e->batch);
  CHECK(row.felt.tpot == e->arrivals->tpot);
  CHECK(row.felt.ttft == e->arrivals->ttft);
  CHECK(row.tokens_s == e->rates.tokens_s);
  CHECK(row.most_requests_s == e->arrivals->most_requests_s);
  CHECK(row.status == PointStatus::ok);
  Scenario much = arriving(1e6);
  const SweepConfig flooded = sweep_config(much);
  CHECK(sweep_row(flooded, much.workload, 0).status == PointStatus::slo);
}

TEST_CASE("lengths that vary wait longer than equal ones (W2, W5)", "[core][arrivals]") {
  const Scenario equal = arriving(10);
  Scenario varied = equal;
  varied.workload.isl_lengths = lognormal_lengths(2000, 1);
  const ArrivalState a = state(equal), b = state(varied);
  CHECK(b.queueing > a.queueing);
  CHECK(b.ttft_p90 > a.ttft_p90);
  CHECK(estimate(varied)->limits.max_batch_memory < estimate(equal)->limits.max_batch_memory);
}
