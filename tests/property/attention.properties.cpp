#include <set>

#include <catch2/catch.hpp>

#include "core/attention_override.hpp"
#include "core/cache.hpp"
#include "core/cache_layout.hpp"
#include "core/model_checks.hpp"
#include "tests/support/random_model.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

// Laws of the KV cache over random models. Every failure prints the seed that reproduces it.

namespace {

ModelSpec overridden(const ModelSpec& m, std::string_view attention) {
  return with_attention(m, *parse_attention_override(attention)).value();
}

double seq_bytes(const ModelSpec& m, const KvFormat& kv, double tokens) {
  return kv_bytes_per_sequence(m, kv, tokens).in(byte);
}

}  // namespace

TEST_CASE("the random models of these tests are sound and use every attention variant", "[core][property]") {
  std::set<std::size_t> seen;
  for (int seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    const ModelSpec m = random_model(seed);
    CHECK(model_problems(m, "random").empty());
    CHECK(scenario_errors(random_scenario(seed)).empty());
    for (const auto& kind : m.kinds) seen.insert(kind.attention.index());
  }
  CHECK(seen.size() == std::variant_size_v<Attention>);
}

TEST_CASE("GQA with as many KV heads as query heads is MHA, with one it is MQA (A4)", "[core][property]") {
  const int seed = GENERATE(range(0, 60));
  CAPTURE(seed);
  ModelSpec m = random_plain_model(seed);
  for (auto& kind : m.kinds) std::get<GroupedQuery>(kind.attention).q_heads = 32;

  CHECK(overridden(m, "gqa:32").kinds == overridden(m, "mha").kinds);
  CHECK(overridden(m, "gqa:1").kinds == overridden(m, "mqa").kinds);
}

TEST_CASE("KV bytes are linear in the number of KV heads (A4, A7, A8)", "[core][property]") {
  const int seed = GENERATE(range(0, 60));
  const int heads = GENERATE(2, 4, 8);
  CAPTURE(seed, heads);
  ModelSpec m = random_plain_model(seed);
  for (auto& kind : m.kinds) std::get<GroupedQuery>(kind.attention).q_heads = 32;
  const KvFormat kv = random_kv_format(seed);
  const ModelSpec one = overridden(m, "mqa"), many = overridden(m, fmt::format("gqa:{}", heads));

  CHECK(kv_bytes_per_token(many, kv).in(byte) == heads * kv_bytes_per_token(one, kv).in(byte));
  CHECK(seq_bytes(many, kv, 5000) == heads * seq_bytes(one, kv, 5000));
}

TEST_CASE("the cache of a sequence never shrinks as it grows (A1, A8)", "[core][property]") {
  const int seed = GENERATE(range(0, 120));
  const int tokens = GENERATE(1, 127, 128, 1000, 4096, 100'000);
  CAPTURE(seed, tokens);
  const ModelSpec m = random_model(seed);
  const KvFormat kv = random_kv_format(seed);

  const double now = seq_bytes(m, kv, tokens);
  CHECK(seq_bytes(m, kv, tokens + 1) >= now);
  CHECK(now >= state_bytes_per_sequence(m).in(byte));
  // No layer holds more than its rows at full length.
  CHECK(now <= seq_bytes(m, kv, 2.0 * tokens));
}

TEST_CASE("far beyond every window, tokens cost their asymptotic bytes (A7, A8)", "[core][property]") {
  const int seed = GENERATE(range(0, 120));
  CAPTURE(seed);
  const ModelSpec m = random_model(seed);
  const KvFormat kv = random_kv_format(seed);

  // 2^20 and 2^21 are multiples of every compression ratio (4, 128) and beyond every window.
  const double grown = seq_bytes(m, kv, 1 << 21) - seq_bytes(m, kv, 1 << 20);
  CHECK(grown == Approx((1 << 20) * kv_bytes_per_token(m, kv).in(byte)));
}

TEST_CASE("more tensor-parallel ranks than KV heads never shrink the cache of a rank (A3, A9)", "[core][property]") {
  const int seed = GENERATE(range(0, 60));
  CAPTURE(seed);
  ModelSpec m = random_plain_model(seed);
  for (auto& kind : m.kinds) {
    std::get<GroupedQuery>(kind.attention).q_heads = 64;
    std::get<GroupedQuery>(kind.attention).kv_heads = 4;
  }
  const KvFormat kv = random_kv_format(seed);
  const auto per_rank = [&](int tp) { return kv_bytes_per_sequence_per_rank(m, kv, {.tp = tp}, 3000).in(byte); };

  CHECK(per_rank(1) == seq_bytes(m, kv, 3000));
  CHECK(per_rank(2) == per_rank(1) / 2);
  CHECK(per_rank(4) == per_rank(1) / 4);
  CHECK(per_rank(8) == per_rank(4));
  CHECK(per_rank(64) == per_rank(4));
}

TEST_CASE("no cut stores less in total than the model needs, and no rank more (A3, A9)", "[core][property]") {
  const int seed = GENERATE(range(0, 200));
  CAPTURE(seed);
  const ModelSpec m = random_model(seed);
  const Deployment d = random_deployment(m, seed);
  CAPTURE(d.tp, d.pp, d.dcp);
  const KvFormat kv = random_kv_format(seed);

  const double whole = seq_bytes(m, kv, 10'000);
  const double rank = kv_bytes_per_sequence_per_rank(m, kv, d, 10'000).in(byte);
  CHECK(rank <= whole * (1 + 1e-12));
  CHECK(rank * d.tp * d.pp >= whole * (1 - 1e-12));
}

TEST_CASE("decode context parallelism divides rows, not recurrent state (A3)", "[core][property]") {
  const int seed = GENERATE(range(0, 40));
  CAPTURE(seed);
  ModelSpec m = random_model(seed);
  for (auto& kind : m.kinds)
    kind.attention = Latent{.q_heads = 16, .kv_rank = 512, .rope_dim = 64, .nope_dim = 128, .v_dim = 128};
  m.kinds.front().attention = KimiDelta{.heads = 32, .head_dim = 128, .conv = 4};
  const KvFormat kv = random_kv_format(seed);
  const auto per_rank = [&](int dcp) {
    return kv_bytes_per_sequence_per_rank(m, kv, {.tp = 8, .dcp = dcp}, 4096).in(byte);
  };
  const double state = state_bytes_per_sequence(m).in(byte) / 8;

  CHECK(per_rank(8) - state == Approx((per_rank(1) - state) / 8));
}

TEST_CASE("unscaled fp8 KV halves the bytes of plain attention exactly (A4, M7)", "[core][property]") {
  const int seed = GENERATE(range(0, 80));
  CAPTURE(seed);
  ModelSpec m = random_plain_model(seed);
  m.kinds.resize(1);
  m.layers.assign(m.layers.size(), 0);
  std::get<GroupedQuery>(m.kinds.front().attention).window = 0;
  const KvFormat bf16{}, fp8 = *find_kv_format("fp8");

  CHECK(kv_bytes_per_token(m, fp8) == 0.5 * kv_bytes_per_token(m, bf16));

  // The same pool then holds 2n blocks, or 2n + 1 when half a block was left over.
  const Bytes pool{1e9 + 12345.0 * seed};
  const auto blocks = [&](const KvFormat& kv) {
    return std::floor(pool.in(byte) / shared_block_bytes(cache_layout(m, {}, 0, kv, vllm(), 16)));
  };
  const double wide = blocks(bf16), narrow = blocks(fp8);
  CHECK((narrow == 2 * wide || narrow == 2 * wide + 1));
}
