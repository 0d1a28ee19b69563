#pragma once

/// Small config files in the spelling of each family, with the published dimensions of one of its models.

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "hwmodels/import/hf_config.hpp"

namespace samples {

using nlohmann::json;

/// `base` with some keys set to other values.
inline json with(json base, const json& changes) {
  for (const auto& [key, value] : changes.items()) base[key] = value;
  return base;
}

inline json without(json base, const std::string& key) {
  base.erase(key);
  return base;
}

/// `n` times `pattern`, cut to `length`: layer lists.
inline json repeated(const std::vector<json>& pattern, std::size_t length) {
  json list = json::array();
  for (std::size_t i = 0; i < length; ++i) list.push_back(pattern[i % pattern.size()]);
  return list;
}

inline json llama_3_1_8b() {
  return {{"architectures", {"LlamaForCausalLM"}},
          {"model_type", "llama"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 128256},
          {"hidden_size", 4096},
          {"intermediate_size", 14336},
          {"num_hidden_layers", 32},
          {"num_attention_heads", 32},
          {"num_key_value_heads", 8},
          {"max_position_embeddings", 131072},
          {"tie_word_embeddings", false}};
}

inline json mistral_7b_v0_1() {
  return with(llama_3_1_8b(), {{"architectures", {"MistralForCausalLM"}},
                               {"model_type", "mistral"},
                               {"vocab_size", 32000},
                               {"sliding_window", 4096},
                               {"max_position_embeddings", 32768}});
}

inline json mixtral_8x7b() {
  return with(llama_3_1_8b(), {{"architectures", {"MixtralForCausalLM"}},
                               {"model_type", "mixtral"},
                               {"vocab_size", 32000},
                               {"sliding_window", nullptr},
                               {"num_local_experts", 8},
                               {"num_experts_per_tok", 2},
                               {"max_position_embeddings", 32768}});
}

inline json qwen2_7b() {
  return with(llama_3_1_8b(), {{"architectures", {"Qwen2ForCausalLM"}},
                               {"model_type", "qwen2"},
                               {"vocab_size", 152064},
                               {"hidden_size", 3584},
                               {"intermediate_size", 18944},
                               {"num_hidden_layers", 28},
                               {"num_attention_heads", 28},
                               {"num_key_value_heads", 4},
                               {"sliding_window", 32768},
                               {"use_sliding_window", false},
                               {"max_window_layers", 21}});
}

inline json falcon_7b() {
  return {{"architectures", {"FalconForCausalLM"}},
          {"model_type", "falcon"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 65024},
          {"hidden_size", 4544},
          {"num_hidden_layers", 32},
          {"num_attention_heads", 71},
          {"num_kv_heads", 71},
          {"multi_query", true},
          {"parallel_attn", true},
          {"new_decoder_architecture", false},
          {"bias", false}};
}

inline json starcoder() {
  return {{"architectures", {"GPTBigCodeForCausalLM"}},
          {"model_type", "gpt_bigcode"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 49152},
          {"n_embd", 6144},
          {"n_layer", 40},
          {"n_head", 48},
          {"n_inner", 24576},
          {"n_positions", 8192}};
}

inline json chatglm3_6b() {
  return {{"architectures", {"ChatGLMModel"}},
          {"model_type", "chatglm"},
          {"torch_dtype", "float16"},
          {"padded_vocab_size", 65024},
          {"hidden_size", 4096},
          {"num_layers", 28},
          {"num_attention_heads", 32},
          {"kv_channels", 128},
          {"ffn_hidden_size", 13696},
          {"multi_query_attention", true},
          {"multi_query_group_num", 2},
          {"num_key_value_heads", 32},
          {"add_qkv_bias", true},
          {"add_bias_linear", false},
          {"rmsnorm", true},
          {"seq_length", 8192},
          {"tie_word_embeddings", false}};
}

inline json mpt_7b() {
  return {{"architectures", {"MPTForCausalLM"}},
          {"model_type", "mpt"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 50432},
          {"d_model", 4096},
          {"n_layers", 32},
          {"n_heads", 32},
          {"max_seq_len", 2048},
          {"expansion_ratio", 4},
          {"no_bias", true}};
}

inline json dbrx() {
  return {{"architectures", {"DbrxForCausalLM"}},
          {"model_type", "dbrx"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 100352},
          {"d_model", 6144},
          {"n_layers", 40},
          {"n_heads", 48},
          {"max_seq_len", 32768},
          {"attn_config", {{"kv_n_heads", 8}}},
          {"ffn_config", {{"ffn_hidden_size", 10752}, {"moe_num_experts", 16}, {"moe_top_k", 4}}}};
}

inline json gemma_3_27b() {
  return {{"architectures", {"Gemma3ForConditionalGeneration"}},
          {"model_type", "gemma3"},
          {"torch_dtype", "bfloat16"},
          {"text_config",
           {{"model_type", "gemma3_text"},
            {"vocab_size", 262208},
            {"hidden_size", 5376},
            {"intermediate_size", 21504},
            {"num_hidden_layers", 62},
            {"num_attention_heads", 32},
            {"num_key_value_heads", 16},
            {"head_dim", 128},
            {"sliding_window", 1024},
            {"max_position_embeddings", 131072}}},
          {"vision_config", {{"hidden_size", 1152}}}};
}

inline json gemma_4_31b() {
  return {{"architectures", {"Gemma4ForConditionalGeneration"}},
          {"model_type", "gemma4"},
          {"dtype", "bfloat16"},
          {"text_config",
           {{"model_type", "gemma4_text"},
            {"vocab_size", 262144},
            {"hidden_size", 5376},
            {"intermediate_size", 21504},
            {"num_hidden_layers", 60},
            {"num_attention_heads", 32},
            {"num_key_value_heads", 16},
            {"num_global_key_value_heads", 4},
            {"head_dim", 256},
            {"global_head_dim", 512},
            {"attention_k_eq_v", true},
            {"sliding_window", 1024},
            {"max_position_embeddings", 262144}}}};
}

inline json gpt_oss_20b() {
  return {{"architectures", {"GptOssForCausalLM"}},
          {"model_type", "gpt_oss"},
          {"vocab_size", 201088},
          {"hidden_size", 2880},
          {"intermediate_size", 2880},
          {"num_hidden_layers", 24},
          {"num_attention_heads", 64},
          {"num_key_value_heads", 8},
          {"head_dim", 64},
          {"sliding_window", 128},
          {"num_local_experts", 32},
          {"num_experts_per_tok", 4},
          {"max_position_embeddings", 131072},
          {"quantization_config",
           {{"quant_method", "mxfp4"},
            {"modules_to_not_convert",
             {"model.layers.*.self_attn", "model.layers.*.mlp.router", "model.embed_tokens", "lm_head"}}}}};
}

inline json llama_4_scout() {
  return {{"architectures", {"Llama4ForConditionalGeneration"}},
          {"model_type", "llama4"},
          {"torch_dtype", "bfloat16"},
          {"text_config",
           {{"model_type", "llama4_text"},
            {"vocab_size", 202048},
            {"hidden_size", 5120},
            {"intermediate_size", 8192},
            {"intermediate_size_mlp", 16384},
            {"num_hidden_layers", 48},
            {"num_attention_heads", 40},
            {"num_key_value_heads", 8},
            {"head_dim", 128},
            {"attention_chunk_size", 8192},
            {"num_local_experts", 16},
            {"num_experts_per_tok", 1},
            {"interleave_moe_layer_step", 1},
            {"max_position_embeddings", 10485760}}}};
}

inline json mimo_v2_flash() {
  json pattern = json::array(), sparse = json::array();
  for (int i = 0; i < 48; ++i) pattern.push_back(i == 0 || (i + 1) % 6 == 0 ? 0 : 1);
  for (int i = 0; i < 48; ++i) sparse.push_back(i == 0 ? 0 : 1);
  return {{"architectures", {"MiMoV2FlashForCausalLM"}},
          {"model_type", "mimo_v2_flash"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 152576},
          {"hidden_size", 4096},
          {"intermediate_size", 16384},
          {"num_hidden_layers", 48},
          {"num_attention_heads", 64},
          {"num_key_value_heads", 4},
          {"head_dim", 192},
          {"v_head_dim", 128},
          {"swa_num_key_value_heads", 8},
          {"swa_head_dim", 192},
          {"swa_v_head_dim", 128},
          {"sliding_window", 128},
          {"attention_chunk_size", 128},
          {"hybrid_layer_pattern", pattern},
          {"moe_layer_freq", sparse},
          {"moe_intermediate_size", 2048},
          {"n_routed_experts", 256},
          {"n_shared_experts", nullptr},
          {"num_experts_per_tok", 8},
          {"max_position_embeddings", 262144}};
}

/// Two layers with attention in groups of 8 heads, one without attention, one without an MLP.
inline json nemotron_nas() {
  const json attention = {{"n_heads_in_group", 8}, {"no_op", false}},
             none = {{"n_heads_in_group", nullptr}, {"no_op", true}};
  const json ffn = {{"ffn_mult", 5.25}, {"no_op", false}}, no_ffn = {{"ffn_mult", nullptr}, {"no_op", true}};
  return {{"architectures", {"DeciLMForCausalLM"}},
          {"model_type", "nemotron-nas"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 128256},
          {"hidden_size", 8192},
          {"intermediate_size", nullptr},
          {"num_hidden_layers", 4},
          {"num_attention_heads", 64},
          {"num_key_value_heads", nullptr},
          {"max_position_embeddings", 131072},
          {"block_configs",
           {{{"attention", attention}, {"ffn", ffn}},
            {{"attention", attention}, {"ffn", ffn}},
            {{"attention", none}, {"ffn", ffn}},
            {{"attention", attention}, {"ffn", no_ffn}}}}};
}

inline json deepseek_v3() {
  return {{"architectures", {"DeepseekV3ForCausalLM"}},
          {"model_type", "deepseek_v3"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 129280},
          {"hidden_size", 7168},
          {"intermediate_size", 18432},
          {"num_hidden_layers", 61},
          {"num_nextn_predict_layers", 1},
          {"num_attention_heads", 128},
          {"num_key_value_heads", 128},
          {"q_lora_rank", 1536},
          {"kv_lora_rank", 512},
          {"qk_rope_head_dim", 64},
          {"qk_nope_head_dim", 128},
          {"v_head_dim", 128},
          {"first_k_dense_replace", 3},
          {"moe_layer_freq", 1},
          {"n_routed_experts", 256},
          {"n_shared_experts", 1},
          {"num_experts_per_tok", 8},
          {"moe_intermediate_size", 2048},
          {"max_position_embeddings", 163840},
          {"tie_word_embeddings", false}};
}

inline json deepseek_v3_2() {
  return with(deepseek_v3(), {{"architectures", {"DeepseekV32ForCausalLM"}},
                              {"model_type", "deepseek_v32"},
                              {"index_n_heads", 64},
                              {"index_head_dim", 128},
                              {"index_topk", 2048}});
}

/// Six layers of GLM-5.2's shape: full, full, full, shared, shared, shared.
inline json glm_5_2() {
  return with(deepseek_v3_2(), {{"architectures", {"GlmMoeDsaForCausalLM"}},
                                {"model_type", "glm_moe_dsa"},
                                {"num_hidden_layers", 6},
                                {"head_dim", 192},
                                {"index_topk_freq", 4},
                                {"indexer_types", {"full", "full", "full", "shared", "shared", "shared"}},
                                {"mlp_layer_types", {"dense", "dense", "dense", "sparse", "sparse", "sparse"}}});
}

/// Four layers and one MTP layer of DeepSeek-V4-Flash's shape.
inline json deepseek_v4() {
  return {{"architectures", {"DeepseekV4ForCausalLM"}},
          {"model_type", "deepseek_v4"},
          {"torch_dtype", "bfloat16"},
          {"vocab_size", 129280},
          {"hidden_size", 4096},
          {"num_hidden_layers", 4},
          {"num_nextn_predict_layers", 1},
          {"num_attention_heads", 64},
          {"num_key_value_heads", 1},
          {"head_dim", 512},
          {"q_lora_rank", 1024},
          {"o_groups", 8},
          {"o_lora_rank", 1024},
          {"hc_mult", 4},
          {"sliding_window", 128},
          {"compress_ratios", {0, 4, 128, 4, 0}},
          {"index_n_heads", 64},
          {"index_head_dim", 128},
          {"index_topk", 512},
          {"n_routed_experts", 256},
          {"n_shared_experts", 1},
          {"num_experts_per_tok", 6},
          {"moe_intermediate_size", 2048},
          {"max_position_embeddings", 1048576}};
}

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
          {"max_position_embeddings", 262144}};
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

/// The errors of a config that must not import.
inline roofcast::Errors refusal(const json& config) {
  const auto model = roofcast::import_hf_config(config.dump(), std::nullopt, "config.json");
  if (model) FAIL("the config was imported");
  return model.error();
}

}  // namespace samples
