#include <catch2/catch.hpp>

#include "core/cache.hpp"
#include "core/estimate.hpp"
#include "core/weights.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

Estimate answer(const Scenario& s) {
  return estimate(s).value();
}

}  // namespace

TEST_CASE("a question with errors gets them all instead of an answer", "[core][estimate]") {
  Scenario s = scenario(llama_3_1_8b(), h100_sxm(), {.tp = 5}, 0);
  const auto e = estimate(s);
  REQUIRE_FALSE(e.has_value());
  CHECK(e.error().size() == 3);  // query heads, KV heads, context
}

TEST_CASE("cache figures, ideal and allocated, per replica and per GPU (A7-A9, M7)", "[core][estimate]") {
  const Estimate e = answer(scenario(llama_3_1_70b(), h100_sxm(), {.tp = 4}, 1000));
  CHECK(e.cache.per_token.in(byte) == 327680);
  CHECK(e.cache.per_token_per_gpu.in(byte) == 81920);
  CHECK(e.cache.per_sequence.in(byte) == 1000 * 327680.0);
  CHECK(e.cache.allocated_per_sequence.in(byte) == 1008 * 327680.0);  // 63 blocks of 16
  CHECK(e.cache.allocated_per_sequence_per_gpu.in(byte) == 1008 * 81920.0);
  CHECK(e.cache.block_tokens == 16);
  REQUIRE(e.cache.blocks.has_value());
  CHECK(*e.cache.blocks == std::floor(e.memory.kv_pool.in(byte) / (16 * 81920)));
  CHECK(e.cache.pool_tokens == *e.cache.blocks * 16);
}

TEST_CASE("the largest batch leaves vLLM's null block free (M8)", "[core][estimate]") {
  const Estimate e = answer(scenario(llama_3_1_8b(), h100_sxm()));
  CHECK(e.limits.max_batch_memory == std::floor((*e.cache.blocks - 1) / 512));
  CHECK(e.batch == e.limits.max_batch_memory);
  CHECK(e.batch_is_maximum);
  CHECK(e.fits);
  CHECK(e.limits.concurrency_full == Approx(*e.cache.blocks / 512));
  CHECK(e.limits.concurrency_mean == Approx(*e.cache.blocks / 256));  // mean 4096
  CHECK(e.cache.used.in(GiB) == Approx(e.batch));                     // 1 GiB per 8192 tokens
}

TEST_CASE("rates are batch over step, for all replicas and per GPU (D6)", "[core][estimate]") {
  Scenario s = scenario(llama_3_1_8b(), h100_sxm(), {.tp = 2, .dp = 3});
  s.workload.batch = 10;
  const Estimate e = answer(s);
  REQUIRE(e.decode.has_value());
  CHECK(e.rates.step == e.decode->time());
  CHECK(e.rates.tokens_s_user == Approx(1 / e.rates.step.in(units::s)));
  CHECK(e.rates.tokens_s == Approx(3 * 10 * e.rates.tokens_s_user));
  CHECK(e.rates.tokens_s_gpu == Approx(e.rates.tokens_s / 6));
}

TEST_CASE("cost is the price of all GPUs over the tokens they make", "[core][estimate]") {
  Scenario s = scenario(llama_3_1_8b(), h100_sxm(), {.tp = 2});
  s.price_usd_hour = 3;
  const Estimate e = answer(s);
  CHECK(e.usd_hour == 6);
  CHECK(*e.usd_mtok_output == Approx(6 / (e.rates.tokens_s * 3600 / 1e6)));
  s.price_usd_hour.reset();
  CHECK_FALSE(answer(s).usd_hour.has_value());
  CHECK_FALSE(answer(s).usd_mtok_output.has_value());
}

TEST_CASE("weights that exceed the device are an answer: no, with exact bytes", "[core][estimate]") {
  Scenario s = scenario(llama_3_1_405b(), h100_sxm());
  s.price_usd_hour = 3;
  const Estimate e = answer(s);
  CHECK_FALSE(e.fits);
  CHECK(e.batch == 0);
  CHECK(e.weights_total.in(byte) == 2 * 405'853'388'800.0);
  CHECK(e.limits.max_context == 0);
  CHECK_FALSE(e.decode.has_value());
  CHECK(e.rates.tokens_s == 0);
  CHECK(e.usd_hour == 3);
  CHECK_FALSE(e.usd_mtok_output.has_value());
}

TEST_CASE("a step-time objective binds before memory does (L1)", "[core][estimate]") {
  Scenario s = scenario(llama_3_1_8b(), h100_sxm());
  const Estimate open = answer(s);
  CHECK(open.limits.binding == Limit::memory);
  CHECK_FALSE(open.limits.max_batch_slo.has_value());

  s.workload.tpot_slo = 10.0 * ms;  // 4.5 ms of weights + 0.32 ms per sequence
  const Estimate e = answer(s);
  CHECK(e.limits.binding == Limit::tpot);
  CHECK(e.batch == e.limits.max_batch_slo);
  CHECK(e.batch < open.batch);
  CHECK(e.rates.step <= 10.0 * ms);
  CHECK(e.meets_slos);
}

TEST_CASE("a prompt that alone misses its objective allows no batch (L1)", "[core][estimate]") {
  Scenario s = scenario(llama_3_1_8b(), h100_sxm());
  s.workload.ttft_slo = 1.0 * ms;
  const Estimate e = answer(s);
  CHECK(e.limits.max_batch_slo == 0);
  CHECK(e.limits.binding == Limit::ttft);
  CHECK_FALSE(e.meets_slos);
  s.workload.ttft_slo = 10.0 * units::s;
  CHECK(answer(s).meets_slos);
}

TEST_CASE("at small batches a decode step follows bandwidth alone", "[core][estimate]") {
  Scenario s = scenario(llama_3_1_8b(), h100_sxm());
  s.workload.batch = 1;
  const Estimate e = answer(s);
  CHECK(e.decode->bound() == Bound::memory);
  CHECK(e.sensitivity.bandwidth == Approx(1.0).margin(1e-3));
  CHECK(e.sensitivity.compute == Approx(0.0).margin(1e-6));
  CHECK(e.sensitivity.link == Approx(0.0).margin(1e-6));
}

TEST_CASE("Llama-3.1-8B on an H100, by hand (D6)", "[core][estimate]") {
  Scenario s = scenario(llama_3_1_8b(), h100_sxm());
  s.workload.batch = 16;
  const Estimate e = answer(s);
  // (15,009,849,344 B of weights + 16 x 8193 x 131,072 B of cache) / 3.35 TB/s = 9.609 ms; activations
  // of 16 tokens come on top: 32 layers x 16 x about 0.2 MB, 0.03 ms.
  const double floor_ms = (15'009'849'344.0 + 16 * 8193 * 131072.0) / 3.35e12 * 1e3;
  CHECK(floor_ms == Approx(9.609).margin(0.001));
  CHECK(e.rates.step.in(ms) > floor_ms);
  CHECK(e.rates.step.in(ms) < floor_ms * 1.01);
}
