#include "core/layer_text.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;

TEST_CASE("a layer is described by its kind and what differs from the defaults") {
  CHECK(described(Attention{GroupedQuery{.q_heads = 32, .kv_heads = 8, .head_dim = 128, .qkv_bias = true}}) ==
        "gqa: q_heads 32, kv_heads 8, head_dim 128, qkv_bias");
  CHECK(described(Ffn{DenseFfn{.intermediate = 3072, .gated = false}}) == "dense: intermediate 3072, not gated");
  CHECK(described(Ffn{NoFfn{}}) == "none");
}
