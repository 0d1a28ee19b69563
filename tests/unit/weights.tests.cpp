#include <catch2/catch.hpp>

#include "core/parameters.hpp"
#include "core/weights.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

/// hidden 8, 4 query and 2 KV heads of 2, MLP 16 wide, vocabulary 10, 2 layers. Per layer:
/// q 8x8 + kv 8x8 + o 8x8 + MLP 3x8x16 = 576 matrix parameters and 16 of norms.
ModelSpec tiny() {
  return uniform_model("tiny", 8, 10, 2, GroupedQuery{.q_heads = 4, .kv_heads = 2, .head_dim = 2},
                       DenseFfn{.intermediate = 16});
}

/// The same with 4 experts 3 wide, 2 per token, instead of the MLP: 4 x 72 and a router of 32.
ModelSpec tiny_moe() {
  ModelSpec m = tiny();
  m.kinds.front().ffn = MixtureOfExperts{.experts = 4, .top_k = 2, .intermediate = 3};
  return m;
}

double rank_bytes(const ModelSpec& m, const Deployment& d, int stage = 0) {
  return weight_bytes_per_rank(m, d, stage).in(byte);
}

}  // namespace

TEST_CASE("weights are parameters times stored size (M3)", "[core][weights]") {
  // 2 layers x 592 + 2 tables of 80 + final norm 8 = 1352
  CHECK(parameters(tiny()).total == 1352);
  CHECK(weight_bytes(tiny()).in(byte) == 2 * 1352);
  CHECK(weight_bytes(llama_3_1_8b()).in(byte) == 2 * 8'030'261'248.0);
}

TEST_CASE("a tied table is stored once (M1, M3)", "[core][weights]") {
  ModelSpec m = tiny();
  m.tied_embeddings = true;
  CHECK(weight_bytes(m).in(byte) == 2 * (1352 - 80));
}

TEST_CASE("tensor parallelism splits matrices and tables, not norms (M4)", "[core][weights]") {
  // Per layer 576/2 + 16; tables 160/2; final norm 8.
  CHECK(rank_bytes(tiny(), {.tp = 2}) == 2 * (2 * (288 + 16) + 80 + 8));
  // tp = 4 > 2 KV heads: the K and V matrices (64) are halved, not quartered.
  CHECK(rank_bytes(tiny(), {.tp = 4}) == 2 * (2 * (512 / 4 + 64 / 2 + 16) + 40 + 8));
}

TEST_CASE("pipeline stages hold their layers, the ends of the model its tables (M5)", "[core][weights]") {
  CHECK(rank_bytes(tiny(), {.pp = 2}, 0) == 2 * (592 + 80));
  CHECK(rank_bytes(tiny(), {.pp = 2}, 1) == 2 * (592 + 80 + 8));
  // A tied table is needed at both ends.
  ModelSpec m = tiny();
  m.tied_embeddings = true;
  CHECK(rank_bytes(m, {.pp = 2}, 0) == 2 * (592 + 80));
  CHECK(rank_bytes(m, {.pp = 2}, 1) == 2 * (592 + 80 + 8));
}

TEST_CASE("experts are dealt out over expert ranks, or cut by tensor parallelism (M4)", "[core][weights]") {
  // Per layer: attention 192, router 32, experts 288, norms 16; ends 168.
  const double attention = 192, router = 32, experts = 288, norms = 16;
  CHECK(weight_bytes(tiny_moe()).in(byte) == 2 * (2 * (attention + router + experts + norms) + 168));
  // tp 2 without ep: every expert halved; routers whole. With ep 2: half of the experts, whole. Same bytes.
  const double rank = 2 * (2 * (attention / 2 + router + experts / 2 + norms) + 88);
  CHECK(rank_bytes(tiny_moe(), {.tp = 2}) == rank);
  CHECK(rank_bytes(tiny_moe(), {.tp = 2, .ep = 2}) == rank);
  // dp 4 x ep 4: attention whole on every rank, one expert each.
  CHECK(rank_bytes(tiny_moe(), {.ep = 4, .dp = 4}) == 2 * (2 * (attention + router + experts / 4 + norms) + 168));
}

TEST_CASE("formats apply by module: routers, norms and ends keep 16 bit (M2, M3)", "[core][weights]") {
  const ModelSpec m = with_weight_format(tiny_moe(), *find_weight_format("fp8"));
  // Per layer: 1 B for attention 192 and experts 288; 2 B for router 32 and norms 16; ends 2 x 168.
  CHECK(weight_bytes(m).in(byte) == 2 * (192 + 288 + 2 * (32 + 16)) + 2 * 168);
}

TEST_CASE("towers and MTP layers count as weights, MTP is stored like the last layer (M3)", "[core][weights]") {
  ModelSpec m = with_weight_format(tiny(), *find_weight_format("fp8"));
  const Bytes before = weight_bytes(m);
  m.vision_params = 1000;
  CHECK(weight_bytes(m) == before + 2000.0 * byte);
  m.mtp_params = 100;
  CHECK(weight_bytes(m) == before + 2100.0 * byte);  // the last layer's MLP is fp8
  CHECK(parameters(m).stored == parameters(m).total + 1100);
}

TEST_CASE("bytes read from headers replace the sum, and every rank's share follows (M3, M4)", "[core][weights]") {
  ModelSpec m = tiny();
  m.checkpoint_bytes = 27'040.0 * byte;  // ten times 2704
  CHECK(weight_bytes(m).in(byte) == 27'040);
  CHECK(rank_bytes(m, {.tp = 2}) == Approx(10 * rank_bytes(tiny(), {.tp = 2})));
  CHECK_FALSE(with_weight_format(m, *find_weight_format("fp8")).checkpoint_bytes.has_value());
}

TEST_CASE("weight bytes are exact when read from headers or stored without scales", "[core][weights]") {
  CHECK(weight_bytes_are_exact(tiny()));
  ModelSpec m = with_weight_format(tiny(), *find_weight_format("awq"));
  CHECK_FALSE(weight_bytes_are_exact(m));
  m.checkpoint_bytes = 1.0 * MB;
  CHECK(weight_bytes_are_exact(m));
  ModelSpec head = tiny();
  head.head_format = *find_weight_format("q6_k");
  CHECK_FALSE(weight_bytes_are_exact(head));
}

TEST_CASE("weights are not exact when tensors have no exact count", "[core][weights]") {
  ModelSpec model = llama_3_1_8b();
  CHECK(weight_bytes_are_exact(model));
  model.params_incomplete = true;
  CHECK_FALSE(weight_bytes_are_exact(model));
  model.checkpoint_bytes = Bytes{1e9};  // the files themselves were read
  CHECK(weight_bytes_are_exact(model));
}

TEST_CASE("a matrix may be stored unlike its module, MTP layers unlike the last layer (M3)", "[core][weights]") {
  const auto v31 = shipped(find_model(shipped_presets(), "deepseek-v3.1-nvfp4"));
  auto kept = v31;
  for (auto& kind : kept.kinds) kind.formats.exceptions.clear();
  // 61 layers x o_proj 7168 x 16384, 0.5625 B instead of 2.
  CHECK((weight_bytes(kept) - weight_bytes(v31)).in(units::byte) == Approx(61.0 * 7168 * 16384 * (2 - 0.5625)));
  // 11.5 B parameters of the next-token layer in bf16, not as the experts.
  auto alike = v31;
  alike.mtp_format.reset();
  CHECK((weight_bytes(v31) - weight_bytes(alike)).in(units::byte) == Approx(11.5e9 * (2 - 0.5625)));
}

TEST_CASE("the weight format is named by the modules that a model has", "[core][weights]") {
  ModelSpec model = llama_3_1_8b();
  CHECK(weight_label(model) == "bf16");
  // Dense: the format of experts says nothing.
  model.kinds.front().formats = {.attention = *find_weight_format("fp8"), .mlp = *find_weight_format("fp8")};
  CHECK(weight_label(model) == "fp8");
  model.kinds.front().formats.mlp = *find_weight_format("int4_wo");
  CHECK(weight_label(model) == "mixed");
}
