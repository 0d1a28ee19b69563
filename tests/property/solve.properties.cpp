#include <cmath>

#include <catch2/catch.hpp>

#include "core/plan/layouts.hpp"
#include "core/solve.hpp"
#include "tests/support/random_model.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

bool works(const Scenario& s) {
  const auto e = estimate(s);
  return e && e->fits && e->meets_slos;
}

/// A scenario that some batch fits into, most of the time.
Scenario random_question(int seed) {
  Dice dice(seed + 7);
  Scenario s = random_scenario(seed);
  s.workload.context = dice.between(1, 20'000);
  s.workload.batch = dice.between(1, 64);
  if (dice.coin()) s.workload.tpot_slo = dice.between(1, 200) * units::ms;
  return s;
}

}  // namespace

TEST_CASE("what solve answers works, and one step further does not (L3)", "[core][solve][property]") {
  const int seed = GENERATE(range(0, 60));
  const Unknown unknown = GENERATE(Unknown::batch, Unknown::context, Unknown::kv_heads, Unknown::memory_bandwidth);
  CAPTURE(seed, name(unknown));
  const Scenario s = random_question(seed);
  const auto answer = solve(s, unknown);
  if (!answer) return;  // latents have no KV heads, bandwidth needs an SLO
  CHECK(works(answer->estimate.scenario) == answer->found);
  if (!answer->found || answer->one_step.empty()) return;

  Scenario further = answer->estimate.scenario;
  if (unknown == Unknown::batch) further.workload.batch = static_cast<int>(answer->value) + 1;
  if (unknown == Unknown::context) further.workload.context = answer->value + 1;
  // Three digits are printed: less by one part in a thousand is less than the last of them.
  if (unknown == Unknown::memory_bandwidth) further.device.bandwidth = 0.989 * further.device.bandwidth;
  if (unknown != Unknown::kv_heads) CHECK_FALSE(works(further));
  CHECK_FALSE(answer->beyond.empty());
}

TEST_CASE("the fewest devices are as few as any layout takes (L3)", "[core][solve][property]") {
  const int seed = GENERATE(range(0, 40));
  CAPTURE(seed);
  Scenario s = random_question(seed);
  const auto answer = solve(s, Unknown::gpus);
  if (!answer) return;
  const int conversations = *s.workload.batch;
  for (const Deployment& d : layouts(s, kMostRanks)) {
    s.deployment = d;
    s.workload.batch = static_cast<int>(std::ceil(static_cast<double>(conversations) / d.dp));
    if (!answer->found || d.gpus() < answer->estimate.scenario.deployment.gpus()) CHECK_FALSE(works(s));
  }
}

TEST_CASE("with requests that arrive, the longest prompt keeps the SLOs and one token more does not (L3)",
          "[core][solve][property]") {
  const int seed = GENERATE(range(0, 30));
  CAPTURE(seed);
  Dice dice(seed + 11);
  Scenario s = toy_scenario();
  s.workload = {.isl = 1, .osl = dice.between(1, 40), .requests_s = dice.between(1, 60) * 0.2};
  s.workload.ttft_slo = dice.between(20, 500) * units::ms;
  const auto answer = solve(s, Unknown::context);
  REQUIRE(answer);
  CHECK_FALSE(answer->estimate.scenario.workload.batch.has_value());
  if (!answer->found || answer->one_step.empty()) return;
  s.workload.isl = answer->value;
  CHECK(works(s));
  s.workload.isl = answer->value + 1;
  CHECK_FALSE(works(s));
}
