#include <catch2/catch.hpp>

#include "core/decode_step.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

// Laws of two-batch overlap (D14) for replicas that share experts.

namespace {

struct Deployed {
  StepPlan plan;
  DeviceRoofs roofs;

  [[nodiscard]] Seconds time(Overlap overlap, double batch, double links = 1) const {
    StepPlan p = plan;
    p.overlap = overlap;
    return decode_time(p, roofs.with_links(links), {.batch = batch, .context = 4000}).time;
  }
};

/// DeepSeek-V3 on H100s, some of them joined by slow networks and paced by a fit.
Deployed deployed(int seed) {
  const Deployment d{.tp = 1 << (seed % 3), .pp = 1 + seed % 2, .ep = 32, .dp = 32};
  Device device = h100_sxm();
  device.link_domain = seed % 4 == 0 ? 8 : 64;
  Deployed x{step_plan(deepseek_v3(), d, {}), device_roofs(device, d)};
  if (seed % 3 == 0)
    x.roofs.pace = ServingPace{.kernel_launch = 3.0 * us, .all_reduce_latency = 20.0 * us, .link_share = 0.4};
  return x;
}

}  // namespace

TEST_CASE("turns take no less than compute or all links alone, and no more than one after the other (D14)",
          "[core][property]") {
  const int seed = GENERATE(range(0, 12));
  const double batch = GENERATE(2., 3., 8., 64., 500.);
  CAPTURE(seed, batch);
  Deployed x = deployed(seed);
  const double slack = 1 - 1e-12;
  const double now = x.time(Overlap::two_batch, batch).in(s);
  CHECK(now * slack <= 2 * x.time(Overlap::none, std::max<double>(x.plan.pp, batch / 2)).in(s));
  Deployed without = x, alone = x;
  std::erase_if(without.plan.operators, [](const Operator& op) { return op.kind == OperatorKind::all_to_all; });
  std::erase_if(alone.plan.operators, [](const Operator& op) { return op.network_token == 0; });
  CHECK(now >= slack * without.time(Overlap::none, batch).in(s));
  CHECK(now >= slack * alone.time(Overlap::none, batch).in(s));
}

TEST_CASE("a larger batch is never faster, also where it begins to take turns (D14)", "[core][property]") {
  const int seed = GENERATE(range(0, 12));
  CAPTURE(seed);
  const Deployed x = deployed(seed);
  double before = 0;
  for (const double batch : {1., 1.2, 1.5, 1.9, 2., 2.3, 3., 3.9, 4., 5., 8., 16., 100., 1000.}) {
    CAPTURE(batch);
    const double now = x.time(Overlap::two_batch, batch).in(s);
    CHECK(now >= before * (1 - 1e-12));
    before = now;
  }
}

TEST_CASE("a faster link never slows turns, and without a wait they only cost (D14)", "[core][property]") {
  const int seed = GENERATE(range(0, 12));
  const double batch = GENERATE(1., 2., 7., 64., 500.);
  CAPTURE(seed, batch);
  const Deployed x = deployed(seed);
  double before = x.time(Overlap::two_batch, batch, 0.01).in(s);
  for (const double links : {0.1, 1., 10.}) {
    const double now = x.time(Overlap::two_batch, batch, links).in(s);
    CHECK(now <= before * (1 + 1e-12));
    before = now;
  }
  if (!x.roofs.pace)  // a launch is waited for whatever the link
    CHECK(x.time(Overlap::two_batch, batch, 1e9).in(s) >= x.time(Overlap::none, batch, 1e9).in(s) * (1 - 1e-9));
}
