#include "core/layer_text.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;

TEST_CASE("a layer is described by its kind and what differs from the defaults") {
  CHECK(described(Attention{GroupedQuery{.q_heads = 32, .kv_heads = 8, .head_dim = 128, .qkv_bias = true}}) ==
        "gqa: q_heads 32, kv_heads 8, head_dim 128, qkv_bias");
  CHECK(described(Ffn{DenseFfn{.intermediate = 3072, .gated = false}}) == "dense: intermediate 3072, not gated");
  CHECK(described(Ffn{NoFfn{}}) == "none");
}

TEST_CASE("multi-head, grouped and multi-query attention have the names that users look for") {
  const auto word = [](int q, int kv) { return attention_word(GroupedQuery{.q_heads = q, .kv_heads = kv}); };
  CHECK(word(32, 32) == "mha");
  CHECK(word(32, 8) == "gqa");
  CHECK(word(32, 1) == "mqa");
  CHECK(attention_word(Latent{.q_heads = 16}) == "mla");
}
