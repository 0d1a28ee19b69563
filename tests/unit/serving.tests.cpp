#include <catch2/catch.hpp>

#include "core/estimate.hpp"
#include "hwmodels/serving_profile.hpp"
#include "tests/support/shipped_presets.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

constexpr Roof kRoof{.bandwidth = 1.0 * GB / s, .compute = 1.0 * TFLOP / s, .link = 0.1 * GB / s};

/// Half of every roof, 10 us a kernel, 100 us a step.
ServingPace half_pace() {
  return {.step_host = 100.0 * us,
          .kernel_launch = 10.0 * us,
          .experts_launch = 20.0 * us,
          .all_reduce_latency = 30.0 * us,
          .weight_bandwidth_share = 0.5,
          .cache_bandwidth_share = 0.5,
          .expert_bandwidth_share = 0.5,
          .compute_share = 0.5,
          .link_share = 0.5,
          .mixed_prefill_share = 0.5,
          .first_token_share = 0.25,
          .first_token_host = 1.0 * ms,
          .first_token_queue = 0.1,
          .first_token_steps = 2};
}

ServingCalibration toy_fit() {
  return {.engine = "toy-engine",
          .hardware = {"toy-device"},
          .relatives = {"toy-cousin"},
          .pace = half_pace(),
          .range = {.most_gpus = 1, .most_batch = 8, .most_tokens = 1000},
          .small_batch = {.low = 0.8, .high = 1.5},
          .large_batch = {.low = 0.5, .high = 2},
          .first_token = {.low = 0.25, .high = 4},
          .errors = {{.rows_of = "TPOT", .rows = 40, .median_percent = 5, .p90_percent = 20}},
          .source = "a test",
          .date = "2026-01-31"};
}

Scenario fitted_scenario() {
  auto s = toy_scenario();
  s.engine.serving = {toy_fit()};
  return s;
}

}  // namespace

TEST_CASE("an operator at a pace takes its launch and the root of squares (S1)", "[core][serving]") {
  // 3 MB / (0.5 GB/s) = 6 ms; 4 GFLOP / (0.5 TFLOP/s) = 8 ms: 10 ms and 10 us.
  const Cost cost{.bytes = 3.0 * MB, .flops = 4.0 * GFLOP};
  const Timed t = paced({.name = "x", .kind = OperatorKind::gemm}, cost, kRoof, half_pace());
  CHECK(t.time.in(us) == Approx(10'010));
  CHECK(t.bound == Bound::compute);
  CHECK(paced({.name = "x", .kind = OperatorKind::experts}, cost, kRoof, half_pace()).time.in(us) == Approx(10'020));
  // 1 MB / 0.05 GB/s = 20 ms over the link.
  const Timed sent = paced({.name = "x", .kind = OperatorKind::all_reduce}, {.network = 1.0 * MB}, kRoof, half_pace());
  CHECK(sent.time.in(us) == Approx(20'030));
  CHECK(sent.bound == Bound::network);
  CHECK(paced({.name = "x", .kind = OperatorKind::gemm}, {.bytes = 1.0 * kB}, kRoof, half_pace()).bound ==
        Bound::overhead);
}

TEST_CASE("a pace of ones without launches differs from the roofline only near the ridge (S1)", "[core][serving]") {
  const auto at = [](double flops) {
    const Cost cost{.bytes = 1.0 * MB, .flops = flops * GFLOP};
    return paced({.name = "x"}, cost, kRoof, {}).time / roofline(cost, kRoof).time;
  };
  CHECK(at(0.001) == Approx(1).epsilon(1e-5));
  CHECK(at(1) == Approx(std::sqrt(2.0)));  // 1 ms of memory, 1 ms of compute
  CHECK(at(1000) == Approx(1).epsilon(1e-5));
}

TEST_CASE("a step at a pace has the host's work as its own part", "[core][serving]") {
  const auto c = compile(fitted_scenario());
  const auto step = decode_step(c.plan, c.roofs, {.batch = 4, .context = 80});
  CHECK(step.parts.back().name == "host_overhead");
  CHECK(step.parts.back().timed.time.in(us) == Approx(100));
  CHECK(step.time() == decode_time(c.plan, c.roofs, {.batch = 4, .context = 80}).time);
}

TEST_CASE("a stream's step has its share of the prompts (S3)", "[core][serving]") {
  auto s = fitted_scenario();
  s.workload = {.isl = 60, .osl = 40};
  const auto c = compile(s);
  auto roofs = c.roofs;
  roofs.pace.reset();
  const Seconds prompt = prefill_time(c.plan, roofs, 60, c.chunk_tokens).time;
  const Seconds step = decode_time(c.plan, c.roofs, {.batch = 4, .context = 80}).time;
  // An answer of 40 tokens ends every 40 / 4 steps; its prompt takes twice the roof.
  CHECK(steady_stream(c, c.roofs, s.workload, 4).tpot.in(ms) == Approx((step + 4.0 / 40 * 2 * prompt).in(ms)));
}

TEST_CASE("a stream's first token waits for prompts and steps (S2)", "[core][serving]") {
  auto s = fitted_scenario();
  s.workload = {.isl = 60, .osl = 40};
  const auto c = compile(s);
  auto roofs = c.roofs;
  roofs.pace.reset();
  const Seconds prompt = prefill_time(c.plan, roofs, 60, c.chunk_tokens).time;
  const auto t = steady_stream(c, c.roofs, s.workload, 4);
  // 1 ms of host, (1 + 0.1 x 4) prompts at a quarter of the roof, two steps.
  CHECK(t.ttft.in(ms) == Approx((1.0 * ms + 1.4 * 4 * prompt + 2 * t.tpot).in(ms)));
  CHECK(prefill_time(c.plan, c.roofs, 60, c.chunk_tokens).time.in(ms) == Approx((1.0 * ms + 4 * prompt).in(ms)));
}

TEST_CASE("a band is as wide as its residuals, and wider outside of the fit (S4)", "[core][serving]") {
  const auto c = toy_fit();
  struct Case {
    ServingPlace at{};
    double batch = 0;
    double tokens = 0;
  };
  const auto grade = [&](const Case& x) { return serving_grade(fit_at(c, x.at), x.batch, x.tokens); };
  const auto band = [&](const Case& x) { return step_band(fit_at(c, x.at), x.batch, x.tokens); };
  const Case inside{.at = {.device = "toy-device", .gpus = 1}, .batch = 8, .tokens = 1000};
  CHECK(grade(inside) == Grade::calibrated);
  CHECK(band(inside) == RatioBand{0.8, 1.5});
  for (auto [change, what] : {std::pair{0, "batch"}, {1, "tokens"}, {2, "gpus"}, {3, "experts"}, {4, "device"}}) {
    CAPTURE(what);
    Case x = inside;
    if (change == 0) x.batch = 9;
    if (change == 1) x.tokens = 1001;
    if (change == 2) x.at.gpus = 2;
    if (change == 3) x.at.experts = true;
    if (change == 4) x.at.device = "toy-cousin";
    CHECK(grade(x) == Grade::extrapolated);
    CHECK(band(x).low == Approx(std::pow(0.8, 1.5)));
    CHECK(band(x).high == Approx(std::pow(1.5, 1.5)));
  }
  Case large = inside;
  large.batch = 17;
  CHECK(band(large).high == Approx(std::pow(2, 1.5)));
}

TEST_CASE("a device without a fit borrows from a relative, then from other models (S4)", "[core][serving]") {
  auto experts = toy_fit();
  experts.experts = true;
  experts.hardware = {"other"};
  experts.relatives = {};
  const std::vector<ServingCalibration> fits{toy_fit(), experts};
  CHECK(serving_of(fits, "toy-device", false) == &fits[0]);
  CHECK(serving_of(fits, "toy-cousin", false) == &fits[0]);
  CHECK(serving_of(fits, "other", true) == &fits[1]);
  CHECK(serving_of(fits, "other", false) == &fits[1]);
  CHECK(serving_of(fits, "stranger", false) == nullptr);
}

TEST_CASE("an estimate with a fit is calibrated, in its range, and inside the band", "[core][serving]") {
  auto s = fitted_scenario();
  s.workload.batch = 4;
  const auto e = estimate(s).value();
  CHECK(e.grade == Grade::calibrated);
  CHECK(e.step_range.low >= 0.8 * e.rates.step);  // or the roof, where that is more
  CHECK(e.step_range.low < e.rates.step);
  CHECK(e.step_range.high == 1.5 * e.rates.step);
  CHECK(e.rates.tpot_range.high == e.step_range.high);  // a context alone: a token is a step
  s.engine.serving.clear();
  const auto roof = estimate(s).value();
  CHECK(roof.grade == Grade::theoretical);
  CHECK(roof.rates.step < e.rates.step);
  CHECK_FALSE(roof.step_range.high);
}

TEST_CASE("the batch that keeps an SLO at the slow end is smaller, and none without a fit (L1, S4)",
          "[core][serving]") {
  auto s = fitted_scenario();
  s.workload.tpot_slo = 300.0 * ms;
  const auto e = estimate(s).value();
  REQUIRE(e.limits.max_batch_slo_low);
  CHECK(*e.limits.max_batch_slo_low <= *e.limits.max_batch_slo);
  // Twice the step of that batch still keeps it: bands of large batches reach to 2.0, extrapolated to 2 ^ 1.5.
  const auto c = compile(s);
  const double batch = *e.limits.max_batch_slo_low;
  if (batch >= 1) CHECK(std::pow(2, 1.5) * felt_times(c, s.workload, batch).tpot <= *s.workload.tpot_slo);
  s.engine.serving.clear();
  CHECK_FALSE(estimate(s)->limits.max_batch_slo_low);
}

TEST_CASE("a serving calibration is written and read back", "[serving][profiles]") {
  CHECK(shipped(parse_serving(serving_json(toy_fit()), "toy.json")) == toy_fit());
}

TEST_CASE("a serving calibration is read strictly", "[serving][profiles][errors]") {
  auto text = serving_json(toy_fit());
  text.replace(text.find("\"compute_share\""), 15, "\"compute_shares\"");
  text.replace(text.find("\"unit\": \"us\""), 12, "\"unit\": \"ms\"");
  const auto broken = parse_serving(text, "toy.json");
  REQUIRE_FALSE(broken);
  const auto lines = error_lines(broken.error());
  CHECK_THAT(lines, Catch::Contains("toy.json:/parameters/compute_share missing"));
  CHECK_THAT(lines, Catch::Contains("compute_shares unknown key"));
  CHECK_THAT(lines, Catch::Contains("'ms': expected 'us'"));
}

TEST_CASE("every shipped fit loads, and its engine and devices exist", "[serving][presets]") {
  const auto roots = shipped_presets();
  std::size_t fits = 0;
  for (const auto& engine : engine_ids(roots))
    for (const auto& fit : shipped(list_serving(roots, engine))) {
      ++fits;
      CHECK(fit.engine == engine);
      for (const auto* devices : {&fit.hardware, &fit.relatives})
        for (const auto& device : *devices) CHECK(shipped(find_device(roots, device)).id == device);
    }
  CHECK(fits >= 11);
}
