#include <catch2/catch.hpp>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "tests/support/gguf_models.hpp"

using namespace roofcast;
using namespace roofcast::test;
using namespace roofcast::units;

namespace {

struct LatentShape {
  std::uint32_t layers = 2, hidden = 64, heads = 4, q_rank = 24, kv_rank = 32, rope = 8, nope = 16, v = 12;
  std::uint32_t intermediate = 96, vocab = 100;
};

void add_latent_block(GgufWriter& w, const LatentShape& s, std::uint32_t i, bool split = true) {
  const auto add = [&](std::string_view name, std::vector<std::uint64_t> dims) {
    w.tensor(block_name(i, name), std::move(dims), "f16");
  };
  add("attn_q_a.weight", {s.hidden, s.q_rank});
  add("attn_q_b.weight", {s.q_rank, s.heads * (s.nope + s.rope)});
  add("attn_kv_a_mqa.weight", {s.hidden, s.kv_rank + s.rope});
  if (split) {
    add("attn_k_b.weight", {s.nope, s.kv_rank, s.heads});
    add("attn_v_b.weight", {s.kv_rank, s.v, s.heads});
  } else {
    add("attn_kv_b.weight", {s.kv_rank, s.heads * (s.nope + s.v)});
  }
  add("attn_output.weight", {s.heads * s.v, s.hidden});
  w.tensor(block_name(i, "attn_q_a_norm.weight"), {s.q_rank});
  w.tensor(block_name(i, "attn_kv_a_norm.weight"), {s.kv_rank});
  add_ffn(w, {.hidden = s.hidden, .intermediate = s.intermediate}, i);
}

GgufWriter latent_gguf(const LatentShape& s = {}, const std::string& a = "deepseek2", bool split = true) {
  GgufWriter w;
  w.text("general.architecture", a);
  const auto set = [&](std::string_view key, std::uint32_t value) { w.number(a + "." + std::string(key), value); };
  set("block_count", s.layers);
  set("context_length", 163840);
  set("embedding_length", s.hidden);
  set("feed_forward_length", s.intermediate);
  set("attention.head_count", s.heads);
  set("attention.head_count_kv", split ? 1 : s.heads);
  set("attention.key_length", split ? s.kv_rank + s.rope : s.nope + s.rope);
  set("attention.value_length", split ? s.kv_rank : s.v);
  set("attention.kv_lora_rank", s.kv_rank);
  set("attention.q_lora_rank", s.q_rank);
  set("rope.dimension_count", s.rope);
  if (split) {
    set("attention.key_length_mla", s.nope + s.rope);
    set("attention.value_length_mla", s.v);
  }
  add_ends(w, {.hidden = s.hidden, .vocab = s.vocab});
  for (std::uint32_t i = 0; i < s.layers; ++i) add_latent_block(w, s, i, split);
  return w;
}

}  // namespace

TEST_CASE("head_count_kv 1 of 576 is DeepSeek's latent: 576 values a token, not 1088", "[gguf][import]") {
  const auto model = imported(latent_gguf(
      {.layers = 61, .hidden = 7168, .heads = 128, .q_rank = 1536, .kv_rank = 512, .rope = 64, .nope = 128, .v = 128}));
  REQUIRE(errors_of(model) == "no error");
  const auto& a = std::get<Latent>(model->kinds.front().attention);
  CHECK(a == Latent{.q_heads = 128, .q_rank = 1536, .kv_rank = 512, .rope_dim = 64, .nope_dim = 128, .v_dim = 128});
  // 61 x 576 x 2 B.
  CHECK(kv_bytes_per_token(*model, model_kv_format(*model)) == 70272.0 * byte);
}

TEST_CASE("without a split kv_b llama.cpp caches every head, not the latent", "[gguf][import]") {
  const auto split = imported(latent_gguf()), whole = imported(latent_gguf({}, "deepseek2", false));
  REQUIRE(errors_of(split) == "no error");
  REQUIRE(errors_of(whole) == "no error");
  auto latent = std::get<Latent>(whole->kinds.front().attention);
  CHECK(latent.expanded_cache);
  latent.expanded_cache = false;
  CHECK(Attention{latent} == split->kinds.front().attention);
  // 2 layers x 4 heads x (16 + 8 + 12) x 2 B, against 2 x (32 + 8) x 2 B.
  CHECK(kv_bytes_per_token(*whole, model_kv_format(*whole)) == 576.0 * byte);
  CHECK(kv_bytes_per_token(*split, model_kv_format(*split)) == 160.0 * byte);
  CHECK(parameters(*split).stored == parameters(*whole).stored);
  CHECK_THAT(whole->notes.back(), Catch::Contains("keys and values of every head"));
}

TEST_CASE("kv_b that is there twice is used once and stored twice", "[gguf][import]") {
  auto w = latent_gguf();
  w.tensor("blk.0.attn_kv_b.weight", {32, 4 * (16 + 12)}, "f16");
  w.tensor("blk.1.attn_kv_b.weight", {32, 4 * (16 + 12)}, "f16");
  const auto once = imported(latent_gguf()), twice = imported(w);
  REQUIRE(errors_of(twice) == "no error");
  CHECK(parameters(*once).stored == parameters(*twice).stored);
  // 2 layers x 32 x 112 x 2 B more in the file.
  CHECK(*twice->checkpoint_bytes - *once->checkpoint_bytes == 2.0 * 32 * 112 * 2 * byte);
}

TEST_CASE("an indexer belongs to the layers that hold its key", "[gguf][import]") {
  auto w = latent_gguf({}, "glm-dsa");
  w.number("glm-dsa.attention.indexer.head_count", 2);
  w.number("glm-dsa.attention.indexer.key_length", 8);
  w.number("glm-dsa.attention.indexer.top_k", 2048);
  w.tensor("blk.0.indexer.attn_q_b.weight", {24, 16}, "f16");
  w.tensor("blk.0.indexer.attn_k.weight", {64, 8}, "f16");
  w.tensor("blk.0.indexer.proj.weight", {64, 2}, "f16");
  w.tensor("blk.0.indexer.k_norm.weight", {8});
  w.tensor("blk.0.indexer.k_norm.bias", {8});
  const auto model = imported(w);
  REQUIRE(errors_of(model) == "no error");
  CHECK(std::get<Latent>(model->kinds[0].attention).index_heads == 2);
  CHECK(std::get<Latent>(model->kinds[1].attention).index_heads == 0);
  CHECK(std::get<Latent>(model->kinds[1].attention).index_top_k == 2048);
  // Two latents of 32 + 8, one indexer key of 8: (80 + 8) x 2 B.
  CHECK(kv_bytes_per_token(*model, model_kv_format(*model)) == 176.0 * byte);
}

TEST_CASE("KV heads that describe neither the latent nor its heads are refused", "[gguf][import][errors]") {
  auto w = latent_gguf();
  w.number("deepseek2.attention.head_count_kv", 2);
  CHECK(errors_of(imported(w)) ==
        "m.gguf:/tensors/blk.0.attn_kv_a_mqa.weight head_count_kv 2, key_length 40, value_length 32 describe neither "
        "its latent (1, 40, 32) nor its heads (4, 24, 12)\n");
}

TEST_CASE("a latent of another width than stated is refused", "[gguf][import][errors]") {
  auto w = latent_gguf();
  w.number("deepseek2.attention.kv_lora_rank", 64);
  w.number("deepseek2.attention.key_length", 72);
  w.number("deepseek2.attention.value_length", 64);
  CHECK(errors_of(imported(w)) ==
        "m.gguf:/tensors/blk.0.attn_kv_a_mqa.weight [64, 40], expected [64, 72] from kv_lora_rank and "
        "rope.dimension_count\n");
}

TEST_CASE("MLA keys that are missing are all named", "[gguf][import][errors]") {
  auto w = latent_gguf();
  w.erase("deepseek2.attention.kv_lora_rank");
  w.erase("deepseek2.rope.dimension_count");
  CHECK(errors_of(imported(w)) ==
        "m.gguf:/deepseek2.attention.kv_lora_rank missing\nm.gguf:/deepseek2.rope.dimension_count missing\n");
}
