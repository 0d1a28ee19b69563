#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tests/support/safetensors_writer.hpp"

namespace roofcast::test {

/// A two-layer Llama: 4 query heads and 2 KV heads of 16, MLP of 96, 100 words, nothing tied.
inline constexpr std::string_view kTinyConfig = R"({
  "architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "bfloat16",
  "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16,
  "intermediate_size": 96, "vocab_size": 100, "max_position_embeddings": 4096, "tie_word_embeddings": false
})";

// Weights of it: tables 2 x 6,400, per layer attention 2 x 4,096 + 2 x 2,048 = 12,288 and MLP 3 x 6,144 = 18,432,
// norms 5 x 64 = 320.
inline constexpr double kTinyTables = 12800, kTinyAttention = 2 * 12288, kTinyMlp = 2 * 18432, kTinyNorms = 320;
inline constexpr double kTinyParams = kTinyTables + kTinyAttention + kTinyMlp + kTinyNorms;

inline void add_tiny_ends(SafetensorsWriter& w) {
  w.tensor("model.embed_tokens.weight", {100, 64});
  w.tensor("model.norm.weight", {64});
  w.tensor("lm_head.weight", {100, 64});
}

/// @param mlp the dtype of the MLP's matrices
inline void add_tiny_layer(SafetensorsWriter& w, int layer, std::string_view mlp = "BF16") {
  const auto name = [&](std::string_view tensor) { return fmt::format("model.layers.{}.{}.weight", layer, tensor); };
  w.tensor(name("self_attn.q_proj"), {64, 64});
  w.tensor(name("self_attn.k_proj"), {32, 64});
  w.tensor(name("self_attn.v_proj"), {32, 64});
  w.tensor(name("self_attn.o_proj"), {64, 64});
  w.tensor(name("mlp.gate_proj"), {96, 64}, mlp);
  w.tensor(name("mlp.up_proj"), {96, 64}, mlp);
  w.tensor(name("mlp.down_proj"), {64, 96}, mlp);
  w.tensor(name("input_layernorm"), {64});
  w.tensor(name("post_attention_layernorm"), {64});
}

inline SafetensorsWriter tiny_safetensors(std::string_view mlp = "BF16") {
  SafetensorsWriter w;
  add_tiny_ends(w);
  add_tiny_layer(w, 0, mlp);
  add_tiny_layer(w, 1, mlp);
  return w;
}

}  // namespace roofcast::test
