#include <catch2/catch.hpp>

#include <vector>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "tests/support/gguf_models.hpp"

using namespace roofcast;
using namespace roofcast::test;

namespace {

std::vector<int> windows(const GgufWriter& w) {
  const auto model = imported(w);
  REQUIRE(errors_of(model) == "no error");
  std::vector<int> out;
  for (const int kind : model->layers)
    out.push_back(std::get<GroupedQuery>(model->kinds[static_cast<std::size_t>(kind)].attention).window);
  return out;
}

GgufWriter with_window(const std::string& architecture, std::uint32_t layers, std::uint32_t window) {
  auto w = dense_gguf({.architecture = architecture, .layers = layers, .context = 8192});
  w.number(architecture + ".attention.sliding_window", window);
  return w;
}

}  // namespace

TEST_CASE("Gemma-2 alternates from a window, Gemma-3 sees everything in each sixth layer", "[gguf][import]") {
  CHECK(windows(with_window("gemma2", 4, 1024)) == std::vector{1024, 0, 1024, 0});
  CHECK(windows(dense_gguf({.architecture = "gemma2", .layers = 2, .context = 8192})) == std::vector{4096, 0});
  CHECK(windows(with_window("gemma3", 7, 512)) == std::vector{512, 512, 512, 512, 512, 0, 512});
  CHECK(windows(dense_gguf({.architecture = "gemma3", .layers = 2})) == std::vector{0, 0});
}

TEST_CASE("a pattern in the file wins over the architecture's", "[gguf][import]") {
  auto w = with_window("gemma3", 4, 512);
  SECTION("as a period") {
    w.number("gemma3.attention.sliding_window_pattern", 2);
    CHECK(windows(w) == std::vector{512, 0, 512, 0});
  }
  SECTION("as a list") {
    w.flags("gemma3.attention.sliding_window_pattern", {false, true, true, false});
    CHECK(windows(w) == std::vector{0, 512, 512, 0});
  }
  SECTION("a list of another length is an error") {
    w.flags("gemma3.attention.sliding_window_pattern", {false, true});
    CHECK(errors_of(imported(w)) ==
          "m.gguf:/gemma3.attention.sliding_window_pattern an array of 2 values, expected 4 (block_count)\n");
  }
}

TEST_CASE("Phi-3's window is not applied: llama.cpp keeps the whole context", "[gguf][import]") {
  const auto w = with_window("phi3", 2, 2047);
  CHECK(windows(w) == std::vector{0, 0});
  CHECK_THAT(imported(w)->notes.back(), Catch::Contains("llama.cpp keeps the whole context"));
}

TEST_CASE("a window as long as the context never binds", "[gguf][import]") {
  const auto w = with_window("gemma3", 6, 8192);
  CHECK(windows(w) == std::vector{0, 0, 0, 0, 0, 0});
  CHECK(imported(w)->notes.size() == 1);
}

TEST_CASE("a window that nobody explains is refused", "[gguf][import][errors]") {
  CHECK(errors_of(imported(with_window("llama", 2, 4096))) ==
        "m.gguf:/llama.attention.sliding_window 4096, but the file does not say which layers of a 'llama' model it "
        "applies to\n");
  auto w = with_window("llama", 2, 4096);
  w.numbers("llama.attention.sliding_window_pattern", {1, 0});
  CHECK(windows(w) == std::vector{4096, 0});
}

TEST_CASE("gpt-oss without its window is broken", "[gguf][import][errors]") {
  CHECK(errors_of(imported(dense_gguf({.architecture = "gpt-oss"}))) ==
        "m.gguf:/gpt-oss.attention.sliding_window missing\n");
}

TEST_CASE("gpt-oss: sinks, biases and a window in every other layer", "[gguf][import]") {
  const DenseShape s{.architecture = "gpt-oss", .layers = 2, .context = 8192};
  GgufWriter w;
  add_metadata(w, s);
  w.number("gpt-oss.attention.sliding_window", 128);
  w.number("gpt-oss.expert_count", 4);
  w.number("gpt-oss.expert_used_count", 2);
  add_ends(w, s);
  for (std::uint32_t i = 0; i < 2; ++i) {
    add_attention(w, s, i);
    for (const auto* name : {"attn_q.bias", "attn_output.bias"}) w.tensor(block_name(i, name), {64});
    for (const auto* name : {"attn_k.bias", "attn_v.bias"}) w.tensor(block_name(i, name), {32});
    w.tensor(block_name(i, "attn_sinks.weight"), {4});
    add_experts(w, s, i, 4, 64);
    w.tensor(block_name(i, "ffn_gate_inp.bias"), {4});
    for (const auto* name : {"ffn_gate_exps.bias", "ffn_up_exps.bias", "ffn_down_exps.bias"})
      w.tensor(block_name(i, name), {64, 4});
  }
  const auto model = imported(w);
  REQUIRE(errors_of(model) == "no error");
  CHECK(windows(w) == std::vector{128, 0});
  const auto& kind = model->kinds.front();
  CHECK(kind.name == "sliding-moe");
  CHECK(std::get<GroupedQuery>(kind.attention) == GroupedQuery{.q_heads = 4,
                                                               .kv_heads = 2,
                                                               .head_dim = 16,
                                                               .window = 128,
                                                               .qkv_bias = true,
                                                               .output_bias = true,
                                                               .sinks = true});
  CHECK(std::get<MixtureOfExperts>(kind.ffn) ==
        MixtureOfExperts{.experts = 4, .top_k = 2, .intermediate = 64, .expert_bias = true, .router_bias = true});
  CHECK(kind.small_params == 64);  // attn_norm: everything else is in the parts
}

TEST_CASE("Llama-4 chunks of 8192 tokens, every fourth layer without", "[gguf][import]") {
  auto w = dense_gguf({.architecture = "llama4", .layers = 4, .context = 131072});
  CHECK(windows(w) == std::vector{8192, 8192, 8192, 0});
  CHECK(std::get<GroupedQuery>(imported(w)->kinds.front().attention).chunked);
  w.number("llama4.attention.sliding_window", 0);
  CHECK(windows(w) == std::vector{0, 0, 0, 0});
}

TEST_CASE("Gemma-4: heads of another length in the window, keys as values, experts beside an MLP", "[gguf][import]") {
  // Gemma-4-26B-A4B: 25 sliding layers of 8 KV heads x 256, 5 full ones of 2 x 512 without a V projection.
  const DenseShape full{.architecture = "gemma4",
                        .layers = 30,
                        .hidden = 2816,
                        .heads = 16,
                        .kv_heads = 2,
                        .head_dim = 512,
                        .intermediate = 2112,
                        .vocab = 262144,
                        .context = 262144,
                        .tied = true};
  DenseShape sliding = full;
  sliding.kv_heads = 8;
  sliding.head_dim = 256;
  GgufWriter w;
  add_metadata(w, full);
  std::vector<bool> pattern;
  std::vector<std::int32_t> kv_heads;
  for (int i = 0; i < 30; ++i) {
    pattern.push_back(i % 6 != 5);
    kv_heads.push_back(i % 6 != 5 ? 8 : 2);
  }
  w.flags("gemma4.attention.sliding_window_pattern", pattern);
  w.numbers("gemma4.attention.head_count_kv", kv_heads);
  w.number("gemma4.attention.sliding_window", 1024);
  w.number("gemma4.attention.key_length_swa", 256);
  w.number("gemma4.attention.value_length_swa", 256);
  w.number("gemma4.attention.shared_kv_layers", 0);
  w.number("gemma4.expert_count", 128);
  w.number("gemma4.expert_used_count", 8);
  add_ends(w, full);
  for (std::uint32_t i = 0; i < 30; ++i) {
    const auto& s = pattern[i] ? sliding : full;
    add_attention(w, s, i);
    if (!pattern[i]) w.erase_tensor(block_name(i, "attn_v.weight"));
    for (const auto* name : {"attn_q_norm.weight", "attn_k_norm.weight"}) w.tensor(block_name(i, name), {s.head_dim});
    add_ffn(w, full, i);
    w.tensor(block_name(i, "ffn_gate_inp.weight"), {2816, 128});
    w.tensor(block_name(i, "ffn_gate_up_exps.weight"), {2816, 2 * 704, 128}, "f16");
    w.tensor(block_name(i, "ffn_down_exps.weight"), {704, 2816, 128}, "f16");
    for (const auto* name : {"post_attention_norm.weight", "post_ffw_norm.weight", "post_ffw_norm_1.weight",
                             "post_ffw_norm_2.weight", "pre_ffw_norm_2.weight", "ffn_gate_inp.scale"})
      w.tensor(block_name(i, name), {2816});
    w.tensor(block_name(i, "ffn_down_exps.scale"), {128});
  }
  const auto model = imported(w);
  REQUIRE(errors_of(model) == "no error");
  REQUIRE(model->kinds.size() == 2);
  CHECK(std::get<GroupedQuery>(model->kinds[1].attention).v_equals_k);
  CHECK(std::get<MixtureOfExperts>(model->kinds[0].ffn).dense_intermediate == 2112);
  CHECK(parameters(*model).stored == 25233141760.0);  // the language model's published count
  // 5 full layers x 2 heads x (512 + 512) x 2 B: keys are stored again as values.
  CHECK(kv_bytes_per_token(*model, model_kv_format(*model)) == Bytes{5.0 * 2 * 1024 * 2});

  w.number("gemma4.attention.shared_kv_layers", 18);
  CHECK(errors_of(imported(w)) ==
        "m.gguf:/gemma4.attention.shared_kv_layers 18: layers that share a cache are not supported\n");
}
