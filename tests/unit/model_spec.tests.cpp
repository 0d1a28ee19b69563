#include <catch2/catch.hpp>

#include "core/model_spec.hpp"
#include "tests/support/sample_models.hpp"

using namespace roofcast;
using namespace roofcast::tests;

TEST_CASE("kinds are counted over a range of layers", "[core][model]") {
  const ModelSpec m = gemma_3_27b();
  CHECK(m.layer_count() == 62);
  CHECK(kind_counts(m, 0, 62) == std::vector{10, 52});
  CHECK(kind_counts(m, 0, 6) == std::vector{1, 5});
  CHECK(kind_counts(m, 60, 62) == std::vector{0, 2});
  CHECK(kind_counts(m, 5, 5) == std::vector{0, 0});
}

TEST_CASE("a layer's parts are its mixer's and its FFN's", "[core][model]") {
  const LayerKind kind{.attention = GroupedQuery{.q_heads = 4, .kv_heads = 2, .head_dim = 2},
                       .ffn = MixtureOfExperts{.experts = 4, .top_k = 1, .intermediate = 3},
                       .small_params = 16};
  const LayerParts p = parts(kind, 8);
  CHECK(p.streams.size() == 1);
  CHECK(p.projections.size() == 4);  // q, kv, o, router
  CHECK(p.experts.has_value());
  CHECK(p.small_params == 16);
  CHECK(p.query_heads == 4);
}

TEST_CASE("an element has the model's own size, also in the cache", "[core][model]") {
  ModelSpec m = llama_3_1_8b();
  CHECK(model_element_bytes(m) == 2);
  CHECK(model_kv_format(m).name == "bf16");
  m.dtype = "fp32";
  CHECK(model_element_bytes(m) == 4);
  CHECK(model_kv_format(m).bytes_per_element == 4);
  m.dtype = "fp16";
  CHECK(model_kv_format(m).name == "fp16");
}
