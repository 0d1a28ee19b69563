#include <catch2/catch.hpp>

#include "core/cache.hpp"
#include "core/compiled_scenario.hpp"
#include "core/weights.hpp"
#include "tests/support/random_model.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

TEST_CASE("capacity never rises with context (M7, M8)", "[core][property]") {
  const int seed = GENERATE(range(0, 150));
  CAPTURE(seed);
  const CompiledScenario c = compile(random_scenario(seed));

  double before = std::numeric_limits<double>::infinity();
  double before_fraction = before;
  for (double tokens = 1; tokens < 300'000; tokens = std::ceil(tokens * 1.37)) {
    CAPTURE(tokens);
    const double now = max_sequences(c, tokens), fraction = concurrency(c, tokens);
    CHECK(now <= before);
    CHECK(fraction <= before_fraction);
    CHECK(now <= fraction);
    before = now;
    before_fraction = fraction;
  }
}

TEST_CASE("the longest context is the last one that fits (M9)", "[core][property]") {
  const int seed = GENERATE(range(0, 150));
  const int batch = GENERATE(1, 3, 64);
  CAPTURE(seed, batch);
  const CompiledScenario c = compile(random_scenario(seed));

  const auto longest = max_context(c, batch);
  if (!longest) {
    CHECK(max_sequences(c, 1e12) >= batch);
    return;
  }
  if (*longest > 0) CHECK(max_sequences(c, *longest) >= batch);
  CHECK(max_sequences(c, *longest + 1) < batch);
}

TEST_CASE("usable memory is weights, overhead and KV pool, under every engine's rule (M6)", "[core][property]") {
  const int seed = GENERATE(range(0, 200));
  CAPTURE(seed);
  const Scenario s = random_scenario(seed);
  const MemorySettings settings{.capacity = *s.device.memory,
                                .utilization = s.engine.memory_utilization,
                                .batched_tokens = 2048,
                                .sequences = 64};
  const MemoryBudget b = memory_budget(s.model, s.deployment, 0, s.engine, settings);

  CHECK(b.kv_pool >= Bytes{});
  CHECK(b.usable <= b.capacity + 1.0 * byte);
  CHECK((b.kv_pool > Bytes{}) == b.weights_fit());
  if (b.weights_fit()) CHECK((b.weights + b.overhead + b.kv_pool).in(byte) == Approx(b.usable.in(byte)).epsilon(1e-12));
}

TEST_CASE("more memory never holds fewer sequences (M6, M8)", "[core][property]") {
  const int seed = GENERATE(range(0, 100));
  CAPTURE(seed);
  Scenario s = random_scenario(seed);
  const double before = max_sequences(compile(s), 4096);
  s.device.memory = *s.device.memory * 1.5;
  CHECK(max_sequences(compile(s), 4096) >= before);
}

TEST_CASE("an engine allocates at least the ideal bytes of a sequence (A9, M7)", "[core][property]") {
  const int seed = GENERATE(range(0, 200));
  const int tokens = GENERATE(1, 100, 4096, 65'537);
  CAPTURE(seed, tokens);
  const Scenario s = random_scenario(seed);
  for (int stage = 0; stage < s.deployment.pp; ++stage) {
    const CacheLayout layout = cache_layout(s.model, s.deployment, stage, s.kv, s.engine, s.engine.block_tokens);
    const double held = allocated_per_sequence(layout, tokens).in(byte);
    CHECK(held >= 0);
    CHECK(allocated_per_sequence(layout, tokens + 1).in(byte) >= held);
    CHECK(allocated_per_sequence(layout, tokens, 512).in(byte) >= held);
  }
  const CacheLayout whole = cache_layout(s.model, {}, 0, s.kv, s.engine, s.engine.block_tokens);
  CHECK(allocated_per_sequence(whole, tokens).in(byte) >=
        kv_bytes_per_sequence(s.model, s.kv, tokens).in(byte) * (1 - 1e-12));
}

TEST_CASE("cutting a model never loses weights, and no rank holds more than the whole (M4)", "[core][property]") {
  const int seed = GENERATE(range(0, 200));
  CAPTURE(seed);
  const ModelSpec m = random_model(seed);
  const Deployment d = random_deployment(m, seed);
  CAPTURE(d.tp, d.pp, d.ep, d.dp);

  double all_ranks = 0;
  for (int stage = 0; stage < d.pp; ++stage) {
    const double rank = weight_bytes_per_rank(m, d, stage).in(byte);
    // Beyond one stage a tied table has a second copy, at the head.
    CHECK(rank <= weight_bytes(m).in(byte) + 2.0 * m.vocab * m.hidden);
    all_ranks += rank * d.tp * d.dp;
  }
  CHECK(all_ranks >= weight_bytes(m).in(byte) * (1 - 1e-12));
}

TEST_CASE("real checkpoint bytes scale every rank alike (M3, M4)", "[core][property]") {
  const int seed = GENERATE(range(0, 60));
  CAPTURE(seed);
  ModelSpec m = random_model(seed);
  const Deployment d = random_deployment(m, seed);
  const Bytes computed = weight_bytes(m), rank = weight_bytes_per_rank(m, d, 0);
  m.checkpoint_bytes = 1.25 * computed;

  CHECK(weight_bytes(m) == 1.25 * computed);
  CHECK(weight_bytes_per_rank(m, d, 0).in(byte) == Approx(1.25 * rank.in(byte)));
}
