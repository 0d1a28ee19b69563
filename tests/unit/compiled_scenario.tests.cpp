#include <catch2/catch.hpp>

#include "core/estimate.hpp"
#include "core/serving_times.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

/// One pool of `blocks` blocks of 16 tokens, 100 B each, behind one operator that reads 1 kB of weights
/// and 10 B per row at 1 kB/s and does `flops` FLOP per token at 1 kFLOP/s.
CompiledScenario toy(double blocks, double flops = 1) {
  CompiledScenario c;
  c.stages = {{.budget = {.usable = Bytes{1e9}, .kv_pool = Bytes{100 * blocks}},
               .layout = {.groups = {{.name = "full", .block_tokens = 16, .block_bytes = 100}}, .null_blocks = 1}}};
  c.plan.operators = {{.name = "weights", .count = 1, .weight_bytes = 1000, .flops_token = flops},
                      {.name = "cache",
                       .kind = OperatorKind::attention,
                       .count = 1,
                       .stream = {.name = "kv", .stored = false},
                       .row_bytes = 10}};
  c.roofs.bandwidth = 1.0 * kB / s;
  c.roofs.compute.fill(FlopsPerSecond{1e3});
  return c;
}

}  // namespace

TEST_CASE("the smallest stage holds the batch back (M8)", "[core][compiled]") {
  CompiledScenario c = toy(101);
  // 100 blocks beside the null block; 64 tokens take 4.
  CHECK(max_sequences(c, 64) == 25);
  CHECK(concurrency(c, 64) == Approx(101.0 / 4));
  c.stages.push_back(c.stages.front());
  c.stages.back().budget.kv_pool = Bytes{100 * 41};
  CHECK(max_sequences(c, 64) == 10);
  CHECK(&tightest_stage(c, 64) == &c.stages[1]);
}

TEST_CASE("a stage whose weights do not fit holds nothing (M8)", "[core][compiled]") {
  CompiledScenario c = toy(101);
  c.stages.front().budget.weights = Bytes{2e9};
  CHECK(max_sequences(c, 64) == 0);
}

TEST_CASE("the longest context fills the blocks of each sequence (M9)", "[core][compiled]") {
  const CompiledScenario c = toy(101);
  CHECK(max_context(c, 1) == 1600);
  CHECK(max_context(c, 3) == 33 * 16);  // floor(100 / 3) blocks
  CHECK(max_context(c, 100) == 16);
  CHECK(max_context(c, 101) == 0);
}

TEST_CASE("windowed caches have no longest context (M9)", "[core][compiled]") {
  CompiledScenario c = toy(101);
  c.stages.front().layout.groups.front().window = 64;
  // ceil(64 / 16) + 1 = 5 blocks per sequence at any length
  CHECK_FALSE(max_context(c, 20).has_value());
  CHECK(max_context(c, 21) == 64);
}

TEST_CASE("the largest batch within a step time (L1)", "[core][compiled]") {
  const CompiledScenario c = toy(101);
  // 1 s of weights + batch x 5 rows x 10 ms
  CHECK(max_batch_within_tpot(c, {.context = 5}, 1.5 * s) == 10);
  CHECK(max_batch_within_tpot(c, {.context = 5}, 1.549 * s) == 10);
  CHECK(max_batch_within_tpot(c, {.context = 5}, 1.051 * s) == 1);
  CHECK(max_batch_within_tpot(c, {.context = 5}, 1.0 * s) == 0);
}

TEST_CASE("the batch at which compute outweighs memory (L2)", "[core][compiled]") {
  // Products: batch x 0.2 s against 1 s of weights from batch 6 on; the cache: batch x 0.05 s.
  const CompiledScenario c = toy(101, 200);
  CHECK(ridge_batch(c, 5, 100) == 6);
  CHECK_FALSE(ridge_batch(c, 5, 5).has_value());
  // 30 rows: the cache takes batch x 0.3 s, always longer than the products.
  CHECK_FALSE(ridge_batch(c, 30, 1e6).has_value());
}

TEST_CASE("stages that are alike are compiled once", "[core][compiled]") {
  CHECK(compile(scenario(llama_3_1_8b(), h100_sxm())).stages.size() == 1);
  // 32 layers over 4 stages: the first holds the input table, the last the head and final norm.
  CHECK(compile(scenario(llama_3_1_8b(), h100_sxm(), {.pp = 4})).stages.size() == 3);
}

TEST_CASE("a user's settings replace the engine's", "[core][compiled]") {
  Scenario s = scenario(llama_3_1_8b(), h100_sxm());
  s.memory_utilization = 0.5;
  s.block_tokens = 64;
  s.max_batched_tokens = 2048;
  const CompiledScenario c = compile(s);
  CHECK(c.stages.front().budget.usable.in(GiB) == Approx(0.5 * 79.22));
  CHECK(c.stages.front().layout.groups.front().block_tokens == 64);
  CHECK(c.chunk_tokens == 2048);
  CHECK(compile(scenario(llama_3_1_8b(), h100_sxm())).chunk_tokens == 8192);
}

TEST_CASE("vLLM's concurrency counts a window with a whole step of prompt tokens in flight (M8)", "[core][compiled]") {
  Scenario s = scenario(gemma_3_27b(), h100_sxm(), {.tp = 2}, 131072);
  s.max_batched_tokens = 8192;
  const CompiledScenario c = compile(s);
  // 1,023 + 8,192 tokens of 16 and one block more, instead of 64 + 1 blocks: fewer sequences than decode holds.
  const Estimate e = estimate(s).value();
  CHECK(e.limits.concurrency_full == concurrency(c, 131072, 8192));
  CHECK(e.limits.concurrency_full < concurrency(c, 131072));
  s.engine = trtllm();
  CHECK(estimate(s)->limits.concurrency_full == concurrency(compile(s), 131072));
}
