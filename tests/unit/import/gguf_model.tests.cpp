#include <catch2/catch.hpp>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "core/weights.hpp"
#include "tests/support/gguf_models.hpp"

using namespace roofcast;
using namespace roofcast::test;
using namespace roofcast::units;

namespace {

DenseShape llama_8b() {
  return {.layers = 32,
          .hidden = 4096,
          .heads = 32,
          .kv_heads = 8,
          .head_dim = 128,
          .intermediate = 14336,
          .vocab = 128256,
          .context = 131072,
          .type = "q8_0"};
}

double elements(const GgufWriter& w) {
  const auto header = parsed(w.header(), w.file_bytes());
  double sum = 0;
  for (const auto& t : header->tensors) sum += static_cast<double>(t.elements);
  return sum;
}

}  // namespace

TEST_CASE("Llama-3.1-8B from a GGUF file: cache, parameters and bytes to the unit", "[gguf][import]") {
  const auto model = imported(dense_gguf(llama_8b()));
  REQUIRE(model.has_value());
  CHECK(model->layer_count() == 32);
  CHECK(model->kinds.size() == 1);
  CHECK(model->kinds.front().name == "full-dense");
  CHECK(model->vocab == 128256);
  CHECK(model->max_context == 131072);
  // 32 layers x 8 heads x (128 + 128) x 2 B.
  CHECK(kv_bytes_per_token(*model, model_kv_format(*model)) == 131072.0 * byte);
  // The published count: 8,030,261,248.
  CHECK(parameters(*model).stored == 8030261248.0);
  // 8,029,995,008 weights in q8_0 (34 B per 32) + 266,240 norm weights (65 x 4096) in f32.
  CHECK(weight_bytes(*model) == (8029995008.0 / 32 * 34 + 266240.0 * 4) * byte);
  CHECK(weight_bytes_are_exact(*model));
}

TEST_CASE("the model's parameters are the file's elements", "[gguf][import]") {
  auto w = dense_gguf();
  w.tensor("rope_freqs.weight", {8});
  w.tensor("blk.0.attn_q.bias", {64});
  w.tensor("blk.0.attn_k.bias", {32});
  w.tensor("blk.0.attn_v.bias", {32});
  const auto model = imported(w);
  REQUIRE(model.has_value());
  CHECK(parameters(*model).stored == elements(w));
  CHECK(std::get<GroupedQuery>(model->kinds[0].attention).qkv_bias);
  // Layer 1 has no biases: another kind of the same name.
  REQUIRE(model->kinds.size() == 2);
  CHECK(model->kinds[1].name == "full-dense-no2");
}

TEST_CASE("without output.weight the embedding table is the head", "[gguf][import]") {
  const auto tied = imported(dense_gguf({.tied = true}));
  REQUIRE(tied.has_value());
  CHECK(tied->tied_embeddings);
  CHECK(tied->head_format == tied->embedding_format);
  CHECK_FALSE(imported(dense_gguf())->tied_embeddings);
}

TEST_CASE("a module's format is its bytes over its weights", "[gguf][import][M2]") {
  const DenseShape s{.layers = 1, .hidden = 256, .intermediate = 512, .type = "q4_k"};
  GgufWriter w;
  add_metadata(w, s);
  add_ends(w, s);
  add_attention(w, {.layers = 1, .hidden = 256, .type = "q8_0"}, 0);
  w.tensor("blk.0.ffn_gate.weight", {256, 512}, "q4_k");
  w.tensor("blk.0.ffn_up.weight", {256, 512}, "q4_k");
  w.tensor("blk.0.ffn_down.weight", {512, 256}, "q6_k");
  const auto model = imported(w);
  REQUIRE(model.has_value());
  const auto& formats = model->kinds.front().formats;
  CHECK(formats.attention == WeightFormat{"q8_0", 34.0 / 32, Compute::bf16});
  // Two matrices at 144 B per 256, one of the same size at 210: (2 x 144 + 210) / (3 x 256).
  CHECK(formats.mlp.name == "q4_k mix");
  CHECK(formats.mlp.bytes_per_weight == Approx(498.0 / 768).epsilon(1e-15));
  CHECK(model->embedding_format.name == "q4_k");
}

TEST_CASE("experts: stacked or one by one, shared ones and router bias", "[gguf][import]") {
  const DenseShape s{.layers = 1};
  GgufWriter w;
  add_metadata(w, s);
  w.number("llama.expert_count", 4);
  w.number("llama.expert_used_count", 2);
  add_ends(w, s);
  add_attention(w, s, 0);
  SECTION("stacked") {
    add_experts(w, s, 0, 4, 48);
    w.tensor("blk.0.exp_probs_b.bias", {4});
    w.tensor("blk.0.ffn_gate_shexp.weight", {64, 24}, "f16");
    w.tensor("blk.0.ffn_up_shexp.weight", {64, 24}, "f16");
    w.tensor("blk.0.ffn_down_shexp.weight", {24, 64}, "f16");
    const auto model = imported(w);
    REQUIRE(model.has_value());
    const auto& moe = std::get<MixtureOfExperts>(model->kinds.front().ffn);
    CHECK(moe == MixtureOfExperts{
                     .experts = 4, .top_k = 2, .intermediate = 48, .shared_intermediate = 24, .router_bias = true});
    CHECK(model->kinds.front().name == "full-moe");
    CHECK(parameters(*model).stored == elements(w));
  }
  SECTION("one by one, as files of 2023 have them") {
    w.tensor("blk.0.ffn_gate_inp.weight", {64, 4});
    for (int i = 0; i < 4; ++i) {
      w.tensor(fmt::format("blk.0.ffn_gate.{}.weight", i), {64, 48}, "f16");
      w.tensor(fmt::format("blk.0.ffn_up.{}.weight", i), {64, 48}, "f16");
      w.tensor(fmt::format("blk.0.ffn_down.{}.weight", i), {48, 64}, "f16");
    }
    const auto model = imported(w);
    REQUIRE(model.has_value());
    CHECK(std::get<MixtureOfExperts>(model->kinds.front().ffn).experts == 4);
    CHECK(parameters(*model).stored == elements(w));
  }
  SECTION("another number of experts than stated") {
    add_experts(w, s, 0, 8, 48);
    CHECK(errors_of(imported(w)) ==
          "m.gguf:/tensors/blk.0.ffn_down_exps.weight 8 experts, expected 4 from expert_count\n");
  }
  SECTION("top-k beyond the experts") {
    w.number("llama.expert_used_count", 5);
    add_experts(w, s, 0, 4, 48);
    CHECK(errors_of(imported(w)) ==
          "m.gguf:/tensors/blk.0.ffn_down_exps.weight expert_used_count is 5, expected 1 to 4\n");
  }
}

TEST_CASE("gate and up may be one matrix, and there may be no gate", "[gguf][import]") {
  const DenseShape s{.layers = 1};
  GgufWriter w;
  add_metadata(w, s);
  add_ends(w, s);
  add_attention(w, s, 0);
  w.tensor("blk.0.ffn_down.weight", {96, 64}, "f16");
  SECTION("fused") {
    w.tensor("blk.0.ffn_up.weight", {64, 192}, "f16");
    CHECK(std::get<DenseFfn>(imported(w).value().kinds.front().ffn) == DenseFfn{.intermediate = 96});
  }
  SECTION("plain") {
    w.tensor("blk.0.ffn_up.weight", {64, 96}, "f16");
    CHECK(std::get<DenseFfn>(imported(w).value().kinds.front().ffn) == DenseFfn{.intermediate = 96, .gated = false});
  }
  SECTION("neither") {
    w.tensor("blk.0.ffn_up.weight", {64, 100}, "f16");
    CHECK_THAT(errors_of(imported(w)), Catch::StartsWith("m.gguf:/tensors/blk.0 its matrices hold "));
  }
}

TEST_CASE("Falcon's fused QKV has one KV head", "[gguf][import]") {
  // Falcon-7B: 71 query heads, 1 KV head of 64; 32 x (64 + 64) x 2 B = 8,192 B a token.
  DenseShape s{.architecture = "falcon",
               .layers = 32,
               .hidden = 4544,
               .heads = 71,
               .kv_heads = 1,
               .head_dim = 64,
               .intermediate = 18176,
               .vocab = 65024,
               .context = 2048};
  GgufWriter w;
  add_metadata(w, s);
  w.erase("falcon.attention.key_length");
  w.erase("falcon.attention.value_length");
  add_ends(w, s);
  for (std::uint32_t i = 0; i < s.layers; ++i) {
    w.tensor(block_name(i, "attn_qkv.weight"), {4544, 4544 + 2 * 64}, "f16");
    w.tensor(block_name(i, "attn_output.weight"), {4544, 4544}, "f16");
    w.tensor(block_name(i, "ffn_up.weight"), {4544, 18176}, "f16");
    w.tensor(block_name(i, "ffn_down.weight"), {18176, 4544}, "f16");
  }
  const auto model = imported(w);
  REQUIRE(model.has_value());
  CHECK(kv_bytes_per_token(*model, model_kv_format(*model)) == 8192.0 * byte);
}

TEST_CASE("blocks of multi-token prediction are weights, not layers", "[gguf][import]") {
  auto w = dense_gguf({.architecture = "glm4", .layers = 3});
  w.number("glm4.nextn_predict_layers", 1);
  w.tensor("blk.2.nextn.eh_proj.weight", {128, 64}, "f16");
  const auto model = imported(w);
  REQUIRE(model.has_value());
  CHECK(model->layer_count() == 2);
  // Block 2: q, o 64 x 64, k, v 64 x 32, gate, up, down 64 x 96, two norms of 64, eh_proj 128 x 64.
  CHECK(model->mtp_params == 2 * 4096 + 2 * 2048 + 3 * 6144 + 128 + 8192);
  CHECK(parameters(*model).stored == elements(w));
  CHECK_THAT(model->notes.back(), Catch::Contains("multi-token prediction"));
}

TEST_CASE("names come from the file, without anything a terminal would act on", "[gguf][import]") {
  auto w = dense_gguf();
  CHECK(imported(w)->id == "m");
  CHECK(imported(w)->name == "m");
  w.text("general.name", "Tiny \x1b]0;x\a Llama");
  CHECK(imported(w)->name == "Tiny ?]0;x? Llama");
}
