#include <catch2/catch.hpp>

#include "core/attention_override.hpp"
#include "core/cache.hpp"
#include "tests/support/sample_models.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

const KvFormat kBf16{};

/// 6 layers, 1 KV head of 4: full layers hold 16 B per token, windowed ones at most 10 tokens.
ModelSpec mixed() {
  ModelSpec m = uniform_model("mixed", 8, 10, 6, GroupedQuery{.q_heads = 2, .kv_heads = 1, .head_dim = 4},
                              DenseFfn{.intermediate = 16});
  m.kinds.push_back(m.kinds.front());
  m.kinds.back().attention = GroupedQuery{.q_heads = 2, .kv_heads = 1, .head_dim = 4, .window = 10};
  m.kinds.push_back(m.kinds.front());
  m.kinds.back().attention = Lightning{.heads = 2, .head_dim = 4, .fp32_state = true};
  m.layers = {0, 1, 1, 2, 0, 0};
  return m;
}

}  // namespace

TEST_CASE("bytes per token count growing layers alone (A7)", "[core][cache]") {
  CHECK(kv_bytes_per_token(mixed(), kBf16).in(byte) == 3 * 16);
}

TEST_CASE("bytes per sequence add windows and states (A8)", "[core][cache]") {
  // state: 2 x 4 x 4 x 4 B = 128 B
  CHECK(kv_bytes_per_sequence(mixed(), kBf16, 5).in(byte) == 5 * 5 * 16 + 128);
  CHECK(kv_bytes_per_sequence(mixed(), kBf16, 100).in(byte) == 3 * 100 * 16 + 2 * 10 * 16 + 128);
  CHECK(state_bytes_per_sequence(mixed()).in(byte) == 128);
}

TEST_CASE("cache bytes follow the element format, states do not (A8)", "[core][cache]") {
  const KvFormat fp8 = *find_kv_format("fp8");
  CHECK(kv_bytes_per_token(mixed(), fp8).in(byte) == 3 * 8);
  CHECK(kv_bytes_per_sequence(mixed(), fp8, 100).in(byte) == 3 * 100 * 8 + 2 * 10 * 8 + 128);
}

TEST_CASE("a shared cache is counted where it is stored (A7)", "[core][cache]") {
  ModelSpec m = mixed();
  std::get<GroupedQuery>(m.kinds[1].attention).shared_cache = true;
  CHECK(kv_bytes_per_sequence(m, kBf16, 100).in(byte) == 3 * 100 * 16 + 128);
}

TEST_CASE("the fullest pipeline stage is the rank that counts (A9)", "[core][cache]") {
  // Stages {0, 1, 1} and {2, 0, 0}: at 100 tokens 1600 + 2 x 160 B against 128 + 2 x 1600 B.
  CHECK(kv_bytes_per_sequence_per_rank(mixed(), kBf16, {.pp = 2}, 100).in(byte) == 128 + 3200);
  CHECK(kv_bytes_per_token_per_rank(mixed(), kBf16, {.pp = 2}).in(byte) == 2 * 16);
  // At 5 tokens: 3 x 80 B against 128 + 2 x 80 B.
  CHECK(kv_bytes_per_sequence_per_rank(mixed(), kBf16, {.pp = 2}, 5).in(byte) == 128 + 160);
}

TEST_CASE("KV heads are shared out over tp ranks, then replicated (A3, A9)", "[core][cache]") {
  const auto per_gpu = [](const Deployment& d) { return kv_bytes_per_token_per_rank(llama_3_1_70b(), kBf16, d); };
  CHECK(per_gpu({}).in(byte) == 327680);
  CHECK(per_gpu({.tp = 8}).in(byte) == 40960);
  CHECK(per_gpu({.tp = 16}).in(byte) == 40960);            // 8 heads: no further
  CHECK(per_gpu({.tp = 16, .dcp = 2}).in(byte) == 20480);  // the two copies share the tokens
  CHECK(per_gpu({.tp = 8, .pp = 2}).in(byte) == 20480);
  CHECK(per_gpu({.tp = 8, .dp = 4}).in(byte) == 40960);  // replicas do not divide a request's cache
}

TEST_CASE("over 8 ranks gqa:8, gqa:4 and mqa store the same per GPU, context parallelism pays (A9)", "[core][cache]") {
  const auto per_gpu = [](std::string_view attention, const Deployment& d) {
    const ModelSpec m = with_attention(llama_3_1_70b(), *parse_attention_override(attention)).value();
    return kv_bytes_per_token_per_rank(m, kBf16, d).in(byte);
  };
  // One KV head at least: 80 layers x 2 x 128 x 2 B.
  CHECK(per_gpu("mha", {.tp = 8}) == 8 * 40960);
  CHECK(per_gpu("gqa:8", {.tp = 8}) == 40960);
  CHECK(per_gpu("gqa:4", {.tp = 8}) == 40960);
  CHECK(per_gpu("mqa", {.tp = 8}) == 40960);
  CHECK(per_gpu("gqa:4", {.tp = 8, .dcp = 2}) == 20480);
  CHECK(per_gpu("mqa", {.tp = 8, .dcp = 8}) == 5120);
}
