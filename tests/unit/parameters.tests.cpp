#include <catch2/catch.hpp>

#include "core/parameters.hpp"
#include "tests/support/sample_models.hpp"

using namespace roofcast;
using namespace roofcast::tests;

TEST_CASE("a layer's parameters are its matrices, experts and small vectors (M1)", "[core][parameters]") {
  // hidden 8: q, k+v, o of 64 each; 4 experts of 3 x 8 x 3, a router of 32, norms 16.
  const LayerKind kind{.attention = GroupedQuery{.q_heads = 4, .kv_heads = 2, .head_dim = 2},
                       .ffn = MixtureOfExperts{.experts = 4, .top_k = 1, .intermediate = 3},
                       .small_params = 16};
  CHECK(layer_parameters(kind, 8) == 192 + 32 + 4 * 72 + 16);
  CHECK(active_layer_parameters(kind, 8) == 192 + 32 + 72 + 16);
}

TEST_CASE("three conventions of active parameters differ by the tables (M1)", "[core][parameters]") {
  const ParameterCounts c = parameters(llama_3_1_8b());
  CHECK(c.active == c.total);  // dense
  CHECK(c.streamed == c.total - 128256. * 4096);
  CHECK(parameters(falcon_7b()).streamed == parameters(falcon_7b()).total);  // tied: the table is the head
}

TEST_CASE("per-layer embedding tables are stored, never streamed (M1)", "[core][parameters]") {
  ModelSpec m = llama_3_1_8b();
  m.lookup_params = 1e9;
  CHECK(parameters(m).total == parameters(llama_3_1_8b()).total + 1e9);
  CHECK(parameters(m).streamed == parameters(llama_3_1_8b()).streamed);
}

TEST_CASE("feed-forward parts: gated MLPs have three matrices, plain ones two (M1)", "[core][ffn]") {
  const auto ffn = [](Ffn f) { return layer_parameters({.ffn = f}, 8); };
  CHECK(ffn(NoFfn{}) == 0);
  CHECK(ffn(DenseFfn{.intermediate = 16}) == 3 * 8 * 16);
  CHECK(ffn(DenseFfn{.intermediate = 16, .gated = false}) == 2 * 8 * 16);
  CHECK(ffn(DenseFfn{.intermediate = 16, .bias = true}) == 3 * 8 * 16 + 2 * 16 + 8);
}

TEST_CASE("experts: latent width, shared experts, a dense MLP beside them, biases (M1)", "[core][ffn]") {
  const MixtureOfExperts plain{.experts = 4, .top_k = 2, .intermediate = 3};
  const auto extra = [&](auto change) {
    MixtureOfExperts f = plain;
    change(f);
    return layer_parameters({.ffn = f}, 8) - layer_parameters({.ffn = plain}, 8);
  };
  CHECK(layer_parameters({.ffn = plain}, 8) == 4 * 3 * 8 * 3 + 8 * 4);
  CHECK(extra([](auto& f) { f.shared_intermediate = 5; }) == 3 * 8 * 5);
  CHECK(extra([](auto& f) { f.dense_intermediate = 6; }) == 3 * 8 * 6);
  CHECK(extra([](auto& f) { f.router_bias = true; }) == 4);
  CHECK(extra([](auto& f) { f.shared_gate = true; }) == 8);
  CHECK(extra([](auto& f) { f.extra_params = 7; }) == 7);
  CHECK(extra([](auto& f) { f.expert_bias = true; }) == 4 * (2 * 3 + 8));  // gate, up and down
  // Width 2 instead of 8: experts shrink, two 8 x 2 projections and a norm come on top.
  CHECK(extra([](auto& f) {
          f.latent = 2;
          f.latent_norm = true;
        }) == 4 * 3 * (2 - 8) * 3 + 2 * 8 * 2 + 2);
}
