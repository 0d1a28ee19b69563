#pragma once

/// Small config files in the spelling of each family, with the published dimensions of one of its models.

#include <algorithm>
#include <string>
#include <string_view>
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

}  // namespace samples
