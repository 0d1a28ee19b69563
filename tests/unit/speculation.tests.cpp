#include <catch2/catch.hpp>

#include "core/cache.hpp"
#include "core/estimate.hpp"
#include "core/weights.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

Scenario drafting(int drafts, double acceptance) {
  Scenario s = scenario(llama_3_1_8b(), h100_sxm());
  s.workload = {.context = 4096, .batch = 8};
  s.speculation = {.draft_tokens = drafts, .acceptance = acceptance};
  return s;
}

Estimate answer(const Scenario& s) {
  const auto e = estimate(s);
  REQUIRE(e);
  return *e;
}

const StepPart* part(const Step& step, std::string_view name) {
  for (const auto& p : step.parts)
    if (p.name == name) return &p;
  return nullptr;
}

}  // namespace

TEST_CASE("a step gains the drafts up to the first wrong one, and one more (D11)", "[core][speculation]") {
  CHECK(tokens_per_step({.draft_tokens = 3, .acceptance = 0.5}) == Approx(1.875));  // 1 + 1/2 + 1/4 + 1/8
  CHECK(tokens_per_step({.draft_tokens = 3, .acceptance = 0}) == 1);
  CHECK(tokens_per_step({.draft_tokens = 3, .acceptance = 1}) == 4);
  CHECK(tokens_per_step({}) == 1);
}

TEST_CASE("verifying streams weights and rows once, and computes for every draft (D1, D2, D11)",
          "[core][speculation]") {
  const Estimate plain = answer(drafting(0, 0)), four = answer(drafting(3, 0.5));
  for (const char* name : {"qkv_proj", "attention", "lm_head"}) {
    const StepPart *one = part(*plain.decode, name), *all = part(*four.decode, name);
    if (one == nullptr) continue;
    CAPTURE(name);
    CHECK(all->traffic.weights == one->traffic.weights);
    CHECK(all->traffic.flops == Approx(4 * one->traffic.flops));
    CHECK(all->traffic.cache < 1.01 * one->traffic.cache + 1);
  }
  CHECK(four.rates.tpot.in(ms) == Approx(four.rates.step.in(ms) / 1.875));
  CHECK(four.rates.tokens_s_user > 1.7 * plain.rates.tokens_s_user);  // bandwidth holds both steps
  CHECK(four.rates.tokens_s == Approx(8 * four.rates.tokens_s_user));
}

TEST_CASE("drafts that are never right only cost (D11)", "[core][speculation]") {
  CHECK(answer(drafting(3, 0)).rates.tpot >= answer(drafting(0, 0)).rates.tpot);
  double before = 1e9;
  for (const double a : {0.0, 0.2, 0.5, 0.9, 1.0}) {
    const double now = answer(drafting(4, a)).rates.tpot.in(ms);
    CHECK(now <= before);
    before = now;
  }
}

TEST_CASE("a draft model takes its passes, its weights and its rows (D11)", "[core][speculation]") {
  Scenario s = toy_scenario();
  s.workload.batch = 2;
  s.speculation = {.draft_tokens = 3, .acceptance = 0.5};
  const Estimate free = answer(s);
  s.speculation.draft_model = toy_model(1);
  const Estimate e = answer(s);
  // Weights: (400 + 200 + 400 + 2400 + 4000) x 2 = 14,800 B. Rows: 80 B of the model, 20 B of the draft model: a fifth
  // of what is left, 81,800 - 14,800 = 67,000, is the draft's.
  CHECK(weight_bytes(toy_model(1)).in(byte) == 14'800);
  CHECK(e.memory.kv_pool.in(byte) == Approx(53'600).margin(1));
  CHECK(e.memory.draft.in(byte) == Approx(28'200).margin(1));
  CHECK((e.memory.usable - e.memory.weights - e.memory.overhead) == e.memory.kv_pool);

  const StepPart* drafts = part(*e.decode, "draft_model");
  REQUIRE(drafts != nullptr);
  const StepPlan alone = step_plan(toy_model(1), {}, model_kv_format(toy_model(1)));
  const CompiledScenario c = compile(s);
  CHECK(drafts->timed.time.in(ms) == Approx(3 * decode_time(alone, c.roofs, {.batch = 2, .context = 100}).time.in(ms)));
  CHECK((e.decode->time() - drafts->timed.time).in(ms) == Approx(free.decode->time().in(ms)));
  CHECK(part(*e.prefill, "draft_model") != nullptr);  // it reads the prompt too, once
}

TEST_CASE("a model with an MTP layer drafts by itself (D11)", "[core][speculation]") {
  ModelSpec m = deepseek_v3();
  CHECK_FALSE(own_draft_model(m));
  m.mtp_params = 11.5e9;
  REQUIRE(own_draft_model(m));
  CHECK(own_draft_model(m)->layer_count() == 1);
  Scenario s = scenario(m, h100_sxm(), {.tp = 8});
  s.device.memory = 400.0 * GiB;
  s.speculation = {.draft_tokens = 1, .acceptance = 0.8};
  const CompiledScenario c = compile(s);
  CHECK(c.plan.draft_steps == 1);
  CHECK_FALSE(c.plan.draft.empty());
  CHECK(c.stages.front().budget.draft > Bytes{});  // rows of one layer more
}

TEST_CASE("speculation is refused where it makes no sense", "[core][speculation]") {
  const auto where = [](Scenario s) {
    const auto errors = scenario_errors(s);
    return errors.empty() ? std::string() : errors.front().where;
  };
  CHECK(where(drafting(3, 0.5)).empty());
  CHECK(where(drafting(-1, 0.5)) == "--draft-tokens");
  CHECK(where(drafting(65, 0.5)) == "--draft-tokens");
  CHECK(where(drafting(3, 1.5)) == "--acceptance");
  Scenario s = drafting(3, 0.5);
  s.speculation.draft_model = toy_model();
  CHECK(where(s) == "--draft-model");  // 100 tokens of vocabulary, not 128,256
}
