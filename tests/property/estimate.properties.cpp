#include <catch2/catch.hpp>

#include "core/estimate.hpp"
#include "tests/support/random_model.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

TEST_CASE("a point that does not fit never has a throughput, one that fits always has", "[core][property]") {
  const int seed = GENERATE(range(0, 200));
  const int batch = GENERATE(0, 1, 64, 5000);  // 0: as many as fit
  CAPTURE(seed, batch);
  Scenario s = random_scenario(seed);
  if (batch > 0) s.workload.batch = batch;
  s.price_usd_hour = 2.5;
  const auto e = estimate(s);
  REQUIRE(e.has_value());

  CHECK(e->decode.has_value() == e->fits);
  CHECK(e->prefill.has_value() == e->fits);
  CHECK((e->rates.tokens_s > 0) == e->fits);
  CHECK(e->usd_mtok_output.has_value() == e->fits);
  if (e->fits) {
    CHECK(e->memory.weights_fit());
    CHECK(e->batch <= e->limits.max_batch_memory);
    CHECK(e->rates.step == e->decode->time());
    CHECK(std::isfinite(e->rates.tokens_s));
  }
}

TEST_CASE("without a batch the answer is the largest one that fits", "[core][property]") {
  const int seed = GENERATE(range(0, 120));
  CAPTURE(seed);
  Scenario s = random_scenario(seed);
  const Estimate open = estimate(s).value();
  CHECK(open.batch == open.limits.max_batch);
  if (open.batch < 1 || open.batch > 1e6) return;

  s.workload.batch = static_cast<int>(open.batch);
  CHECK(estimate(s)->fits);
  s.workload.batch = static_cast<int>(open.batch) + 1;
  CHECK_FALSE(estimate(s)->fits);
}

TEST_CASE("the memory of the batch that fits stays within the pool (M7, M8)", "[core][property]") {
  const int seed = GENERATE(range(0, 150));
  CAPTURE(seed);
  const Estimate e = estimate(random_scenario(seed)).value();
  if (e.fits) CHECK(e.cache.used <= e.memory.kv_pool);
}

TEST_CASE("sensitivities to bandwidth, compute and links add up to one (R1)", "[core][property]") {
  const int seed = GENERATE(range(0, 120));
  CAPTURE(seed);
  const Estimate e = estimate(random_scenario(seed)).value();
  if (!e.fits) return;
  // t is homogeneous of degree -1 in the roofs; a finite step of 0.1% may cross a ridge.
  const double sum = e.sensitivity.bandwidth + e.sensitivity.compute + e.sensitivity.link;
  CHECK(sum == Approx(1.0).margin(2e-3));
  CHECK(e.sensitivity.bandwidth >= 0);
  CHECK(e.sensitivity.compute >= 0);
}

TEST_CASE("a service-level objective only ever lowers the batch, and the step keeps it (L1)", "[core][property]") {
  const int seed = GENERATE(range(0, 120));
  CAPTURE(seed);
  Scenario s = random_scenario(seed);
  const Estimate open = estimate(s).value();
  if (!open.fits) return;

  s.workload.tpot_slo = 0.7 * open.rates.step;
  const Estimate held = estimate(s).value();
  CHECK(held.limits.max_batch <= open.limits.max_batch);
  REQUIRE(held.limits.max_batch_slo.has_value());
  if (held.fits) CHECK(held.rates.step <= *s.workload.tpot_slo);
  if (held.limits.binding == Limit::tpot && held.batch >= 1)
    CHECK(rates(compile(s), s.workload, held.batch + 1).tpot > *s.workload.tpot_slo);
}

TEST_CASE("past the ridge batch compute roofs hold the step, before it they do not (L2)", "[core][property]") {
  const int seed = GENERATE(range(0, 120));
  CAPTURE(seed);
  const Scenario s = random_scenario(seed);
  const CompiledScenario c = compile(s);
  const auto bound = [&](double batch) { return decode_time(c.plan, c.roofs, {.batch = batch, .context = 700}).bound; };
  const auto ridge = ridge_batch(c, 700, 4096);
  if (!ridge) {
    CHECK(bound(4096) != Bound::compute);
    return;
  }
  CHECK(bound(*ridge) == Bound::compute);
  CHECK(bound(4096) == Bound::compute);
  if (*ridge > 1) CHECK(bound(*ridge - 1) != Bound::compute);
}
