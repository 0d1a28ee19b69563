#pragma once

/// Config files of models with recurrent layers, and what the tests do with all samples.

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "hwmodels/import/hf_config.hpp"
#include "tests/support/hf_config_attention_samples.hpp"

namespace samples {

inline json qwen3_next_80b() {
  return {{"architectures", {"Qwen3NextForCausalLM"}},
          {"model_type", "qwen3_next"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 151936},
          {"hidden_size", 2048},
          {"intermediate_size", 5120},
          {"num_hidden_layers", 48},
          {"num_attention_heads", 16},
          {"num_key_value_heads", 2},
          {"head_dim", 256},
          {"full_attention_interval", 4},
          {"linear_num_key_heads", 16},
          {"linear_key_head_dim", 128},
          {"linear_num_value_heads", 32},
          {"linear_value_head_dim", 128},
          {"linear_conv_kernel_dim", 4},
          {"num_experts", 512},
          {"num_experts_per_tok", 10},
          {"moe_intermediate_size", 512},
          {"shared_expert_intermediate_size", 512},
          {"decoder_sparse_step", 1},
          {"mlp_only_layers", json::array()},
          {"max_position_embeddings", 262144},
          {"tie_word_embeddings", false}};
}

/// Kimi-Linear-48B-A3B: 27 layers, seven of them full, counted from one.
inline json kimi_linear_48b() {
  json full = json::array(), linear = json::array();
  for (int layer = 1; layer <= 27; ++layer) (layer % 4 == 0 || layer == 27 ? full : linear).push_back(layer);
  return {{"architectures", {"KimiLinearForCausalLM"}},
          {"model_type", "kimi_linear"},
          {"dtype", "bfloat16"},
          {"vocab_size", 163840},
          {"hidden_size", 2304},
          {"intermediate_size", 9216},
          {"num_hidden_layers", 27},
          {"num_attention_heads", 32},
          {"num_key_value_heads", 32},
          {"q_lora_rank", nullptr},
          {"kv_lora_rank", 512},
          {"qk_rope_head_dim", 64},
          {"qk_nope_head_dim", 128},
          {"v_head_dim", 128},
          {"first_k_dense_replace", 1},
          {"moe_layer_freq", 1},
          {"num_experts", 256},
          {"num_experts_per_token", 8},
          {"num_shared_experts", 1},
          {"moe_intermediate_size", 1024},
          {"linear_attn_config",
           {{"full_attn_layers", full},
            {"kda_layers", linear},
            {"head_dim", 128},
            {"num_heads", 32},
            {"short_conv_kernel_size", 4}}},
          {"max_position_embeddings", 1048576}};
}

/// Nine layers of Nemotron-3-Nano's shape.
inline json nemotron_h() {
  return {{"architectures", {"NemotronHForCausalLM"}},
          {"model_type", "nemotron_h"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 131072},
          {"hidden_size", 2688},
          {"intermediate_size", 1856},
          {"num_hidden_layers", 9},
          {"hybrid_override_pattern", "MEM-M*EME"},
          {"num_attention_heads", 32},
          {"num_key_value_heads", 2},
          {"head_dim", 128},
          {"mamba_num_heads", 64},
          {"mamba_head_dim", 64},
          {"n_groups", 8},
          {"ssm_state_size", 128},
          {"conv_kernel", 4},
          {"mamba_ssm_cache_dtype", "float32"},
          {"n_routed_experts", 128},
          {"n_shared_experts", 1},
          {"num_experts_per_tok", 6},
          {"moe_intermediate_size", 1856},
          {"moe_shared_expert_intermediate_size", 3712},
          {"max_position_embeddings", 262144},
          {"tie_word_embeddings", false}};
}

inline json jamba_v0_1() {
  return {{"architectures", {"JambaForCausalLM"}},
          {"model_type", "jamba"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 65536},
          {"hidden_size", 4096},
          {"intermediate_size", 14336},
          {"num_hidden_layers", 32},
          {"num_attention_heads", 32},
          {"num_key_value_heads", 8},
          {"attn_layer_period", 8},
          {"attn_layer_offset", 4},
          {"expert_layer_period", 2},
          {"expert_layer_offset", 1},
          {"num_experts", 16},
          {"num_experts_per_tok", 2},
          {"mamba_d_state", 16},
          {"mamba_d_conv", 4},
          {"mamba_expand", 2},
          {"mamba_dt_rank", "auto"},
          {"max_position_embeddings", 262144},
          {"tie_word_embeddings", false}};
}

inline json falcon_h1_7b() {
  return {{"architectures", {"FalconH1ForCausalLM"}},
          {"model_type", "falcon_h1"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 130048},
          {"hidden_size", 3072},
          {"intermediate_size", 12288},
          {"num_hidden_layers", 44},
          {"num_attention_heads", 12},
          {"num_key_value_heads", 2},
          {"head_dim", 128},
          {"mamba_d_ssm", 3072},
          {"mamba_n_heads", 24},
          {"mamba_d_head", 128},
          {"mamba_n_groups", 1},
          {"mamba_d_state", 256},
          {"mamba_d_conv", 4},
          {"mamba_rms_norm", false},
          {"max_position_embeddings", 262144}};
}

/// Four layers of Granite-4.0-H-Tiny's shape.
inline json granite_h() {
  return {{"architectures", {"GraniteMoeHybridForCausalLM"}},
          {"model_type", "granitemoehybrid"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 100352},
          {"hidden_size", 1536},
          {"intermediate_size", 512},
          {"shared_intermediate_size", 1024},
          {"num_hidden_layers", 4},
          {"layer_types", {"mamba", "mamba", "attention", "mamba"}},
          {"num_attention_heads", 12},
          {"num_key_value_heads", 4},
          {"num_local_experts", 64},
          {"num_experts_per_tok", 6},
          {"mamba_n_heads", 48},
          {"mamba_d_head", 64},
          {"mamba_n_groups", 1},
          {"mamba_d_state", 128},
          {"mamba_d_conv", 4},
          {"mamba_expand", 2},
          {"max_position_embeddings", 131072},
          {"tie_word_embeddings", true}};
}

inline json lfm2() {
  return {{"architectures", {"Lfm2ForCausalLM"}},
          {"model_type", "lfm2"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 65536},
          {"hidden_size", 2048},
          {"block_ff_dim", 12288},
          {"block_auto_adjust_ff_dim", true},
          {"block_ffn_dim_multiplier", 1.0},
          {"block_multiple_of", 256},
          {"num_hidden_layers", 4},
          {"full_attn_idxs", {2}},
          {"num_attention_heads", 32},
          {"num_key_value_heads", 8},
          {"conv_L_cache", 3},
          {"max_position_embeddings", 128000}};
}

/// Eight layers of MiniMax-Text-01's shape.
inline json minimax_text() {
  return {{"architectures", {"MiniMaxText01ForCausalLM"}},
          {"model_type", "minimax_text_01"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 200064},
          {"hidden_size", 6144},
          {"intermediate_size", 9216},
          {"num_hidden_layers", 8},
          {"attn_type_list", {0, 0, 0, 0, 0, 0, 0, 1}},
          {"num_attention_heads", 64},
          {"num_key_value_heads", 8},
          {"head_dim", 128},
          {"num_local_experts", 32},
          {"num_experts_per_tok", 2},
          {"shared_intermediate_size", 0},
          {"max_position_embeddings", 10240000}};
}

/// Every sample above.
inline std::vector<json> all() {
  return {llama_3_1_8b(),
          mistral_7b_v0_1(),
          mixtral_8x7b(),
          qwen2_7b(),
          falcon_7b(),
          starcoder(),
          chatglm3_6b(),
          mpt_7b(),
          dbrx(),
          gemma_3_27b(),
          gemma_4_31b(),
          gpt_oss_20b(),
          llama_4_scout(),
          mimo_v2_flash(),
          nemotron_nas(),
          deepseek_v3(),
          deepseek_v3_2(),
          glm_5_2(),
          deepseek_v4(),
          qwen3_next_80b(),
          kimi_linear_48b(),
          nemotron_h(),
          jamba_v0_1(),
          falcon_h1_7b(),
          granite_h(),
          lfm2(),
          minimax_text()};
}

/// The model of a config that must import; a failure prints why not.
inline roofcast::ModelSpec imported(const json& config, const json& quantisation = nullptr) {
  const auto settings = quantisation.is_null() ? std::string{} : quantisation.dump();
  const auto model = roofcast::import_hf_config(
      config.dump(), quantisation.is_null() ? std::nullopt : std::optional<std::string_view>{settings}, "config.json");
  if (!model) {
    for (const auto& e : model.error()) UNSCOPED_INFO(e.where << ": " << e.what << " (" << e.hint << ")");
    FAIL("the config was refused");
  }
  return *model;
}

/// Whether one of the notes contains this text.
inline bool notes_say(const roofcast::ModelSpec& model, std::string_view text) {
  return std::ranges::any_of(model.notes, [&](const std::string& note) { return note.contains(text); });
}

/// The errors of a config that must not import.
inline roofcast::Errors refusal(const json& config) {
  const auto model = roofcast::import_hf_config(config.dump(), std::nullopt, "config.json");
  if (model) FAIL("the config was imported");
  return model.error();
}

}  // namespace samples
