#include <catch2/catch.hpp>

#include "core/decode_step.hpp"
#include "core/overlap.hpp"
#include "tests/support/sample_models.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

/// Ten layers of a matrix of 1 GB and an exchange of 1 MB for each token.
StepPlan exchanging(Overlap overlap) {
  StepPlan plan{.overlap = overlap};
  plan.operators = {{.name = "experts", .count = 10, .weight_bytes = 1e9},
                    {.name = "all_to_all", .kind = OperatorKind::all_to_all, .count = 10, .network_token = 1e6},
                    {.name = "lm_head", .count = 1, .last_token_only = true, .weight_bytes = 2e9}};
  return plan;
}

constexpr DeviceRoofs kRoofs{.bandwidth = TB / s, .link = GB / s};

double step_ms(Overlap overlap, double batch) {
  return decode_time(exchanging(overlap), kRoofs, {.batch = batch, .context = 1}).time.in(ms);
}

}  // namespace

TEST_CASE("a batch takes turns in halves, of one sequence in none (D14)", "[core][overlap]") {
  CHECK(turns(8).count == 2);
  CHECK(turns(8).batch == 4);
  CHECK(turns(1).count == 1);
  CHECK(turns(1).batch == 1);
  CHECK(turns(1.5).count == 1.5);  // one now, two then
  CHECK(turns(1.5).batch == 1);
}

TEST_CASE("what is not hidden is the longer side's excess and a layer of the shorter one (D14)", "[core][overlap]") {
  // 3 s compute hide 1 s exchange twice, but for its last layer of ten: 0.1 of 2 s.
  CHECK(exposed_share(3, 1, 10, 2) == Approx(0.05));
  // 1 s compute hides 1 of 3 s twice; its own first layer of ten waits: 2 x 2 + 0.1 of 6 s.
  CHECK(exposed_share(1, 3, 10, 2) == Approx(4.1 / 6));
  CHECK(exposed_share(3, 1, 10, 1) == 1);
  // Half of the time one batch alone (1 s), half of it two turns (0.1 s): 0.55 of 1.5 x 1 s.
  CHECK(exposed_share(3, 1, 10, 1.5) == Approx(0.55 / 1.5));
}

TEST_CASE("turns read weights twice and hide the shorter of compute and exchange (D14)", "[core][overlap]") {
  // Batch 4, no overlap: 10 x 1 GB at 1 TB/s = 10 ms, 10 x 4 MB at 1 GB/s = 40 ms, LM head 2 ms.
  CHECK(step_ms(Overlap::none, 4) == Approx(52));
  // Turns of 2: 10 ms compute, 20 ms exchange each: 2 x 20 + 1 ms, and the LM head for all.
  CHECK(step_ms(Overlap::two_batch, 4) == Approx(43));
  // Turns of 1/2 of 2: 10 ms compute and 10 ms exchange each: 20 + 1 + 2 ms, against 10 + 20 + 2.
  CHECK(step_ms(Overlap::two_batch, 2) == Approx(23));
  CHECK(step_ms(Overlap::none, 2) == Approx(32));
  CHECK(step_ms(Overlap::two_batch, 1) == step_ms(Overlap::none, 1));

  const Step step = decode_step(exchanging(Overlap::two_batch), kRoofs, {.batch = 4, .context = 1});
  CHECK(step.parts[0].traffic.weights == 2 * 10 * 1e9);
  CHECK(step.parts[0].timed.time.in(ms) == Approx(20));
  CHECK(step.parts[1].traffic.network == 4 * 10 * 1e6);  // every token travels once
  CHECK(step.parts[1].timed.time.in(ms) == Approx(21));
  CHECK(step.parts[2].traffic.weights == 2e9);
}

TEST_CASE("without an exchange nothing takes turns (D14)", "[core][overlap]") {
  StepPlan plan = step_plan(deepseek_v3(), {.tp = 8, .ep = 8}, {});
  const Load load{.batch = 64, .context = 1000};
  const Seconds before = decode_time(plan, kRoofs, load).time;
  plan.overlap = Overlap::two_batch;
  CHECK(decode_time(plan, kRoofs, load).time == before);
}
