#include "core/solve.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/program_run.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

TEST_CASE("solve: the toy's limits, counted by hand", "[core][solve]") {
  // 102 blocks of 10 tokens, one of them the null block: 101.
  CHECK(solve(toy_scenario(), Unknown::batch)->value == 10);  // 100 tokens = 10 blocks each
  auto s = toy_scenario();
  s.workload = {.batch = 10};
  CHECK(solve(s, Unknown::context)->value == 100);
  s.workload.batch = 101;
  CHECK(solve(s, Unknown::context)->value == 10);  // one block each
  s.workload.batch = 102;
  CHECK_FALSE(solve(s, Unknown::context)->found);
}

TEST_CASE("solve: fewer KV heads make room for more conversations", "[core][solve]") {
  // One head: 20 B a token, 200 B a block, 4,000 B of weights less... 100,000 - 2,200 - 14,800 (600 parameters fewer)
  auto s = toy_scenario();
  s.workload.batch = 20;
  const Solution two = solve(s, Unknown::kv_heads).value();
  REQUIRE(two.found);
  CHECK(two.value == 2);  // 400 B a block: over 200 blocks
  CHECK(two.answer == "at most 2 KV heads (gqa:2)");
  CHECK(two.one_step == "4 KV heads (mha)");
  s.workload.batch = 1000;
  CHECK_FALSE(solve(s, Unknown::kv_heads)->found);
}

TEST_CASE("solve: a step that reads 16 MB/s worth asks for that much bandwidth", "[core][solve]") {
  auto s = toy_scenario();
  s.workload.batch = 1;
  s.workload.tpot_slo = estimate(s)->rates.step / 2;
  const Solution twice = solve(s, Unknown::memory_bandwidth).value();
  REQUIRE(twice.found);
  // All of the step is bytes but for 16,000 FLOP in 16 us: twice the bandwidth, to three digits.
  CHECK(twice.value == Approx(2e6).epsilon(0.02));
  CHECK_FALSE(twice.beyond.empty());
  s.workload.tpot_slo.reset();
  CHECK(solve(s, Unknown::memory_bandwidth).error().front().hint == "give --tpot or --ttft");
}

TEST_CASE("solve: what --rps, a law of lengths or pools contradict is refused", "[core][solve]") {
  const auto refusal = [](const Scenario& s, Unknown u) { return solve(s, u).error().front().what; };
  auto s = toy_scenario();
  s.workload = {.isl = 60, .osl = 40, .requests_s = 1};
  CHECK(refusal(s, Unknown::batch) == "'batch' is no unknown where --rps says what comes in");
  CHECK(refusal(s, Unknown::gpus) == "'gpus' is no unknown where --rps says what comes in");
  s.workload.isl_lengths = LengthDistribution{.shares = {{30, 0.5}, {90, 0.5}}};
  CHECK_THAT(refusal(s, Unknown::context), Catch::Contains("one length"));
  s.workload = {.isl = 60, .osl = 40};
  s.deployment.prefill = 1;
  CHECK_THAT(refusal(s, Unknown::gpus), Catch::Contains("--disaggregate"));
}

TEST_CASE("solve: requests that arrive decide how many decode together, not a batch of one", "[core][solve]") {
  auto s = toy_scenario();
  s.engine.max_sequences = s.engine.max_batched_tokens = 10;
  // One at a time the toy would end fewer than it is asked to.
  s.workload = {.isl = 60, .osl = 40, .batch = 1};
  const double alone = 1 / (40 * estimate(s)->rates.tpot.in(units::s));
  s.workload = {.isl = 60, .osl = 40, .ttft_slo = 1e6 * units::s, .requests_s = 1.2 * alone};
  REQUIRE(estimate(s)->meets_slos);
  const Solution heads = solve(s, Unknown::kv_heads).value();
  CHECK(heads.found);
  CHECK(heads.estimate.arrivals->in_flight > 1);
}

TEST_CASE("solve: the command says the answer first, then the estimate with it", "[cli][solve]") {
  const auto heads = run({"estimate", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "64Ki", "--batch", "20",
                          "--solve", "kv-heads"});
  CHECK(heads.code == Exit::ok);
  CHECK_THAT(heads.out,
             Catch::StartsWith("ANSWER: at most 2 KV heads (gqa:2). With 4 KV heads (gqa:4): 20 conversations "));
  const auto j = nlohmann::json::parse(
      run({"estimate", "llama-3.1-70b", "--hardware", "h100-sxm", "--context", "8Ki", "--solve", "gpus", "--json"})
          .out);
  CHECK(j["solved"]["unknown"] == "gpus");
  CHECK(j["solved"]["value"] == j["deployment"]["gpus"]);
  const auto both = run(
      {"estimate", "llama-3.1-8b", "--hardware", "h100-sxm", "--context", "8Ki", "--batch", "2", "--solve", "batch"});
  CHECK(both.code == Exit::usage);
  CHECK_THAT(both.err, Catch::Contains("--batch: is what --solve batch finds"));
}
