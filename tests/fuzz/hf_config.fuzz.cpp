/// A config.json and, after a zero byte, a hf_quant_config.json.

#include <optional>
#include <string_view>

#include "hwmodels/import/hf_config.hpp"
#include "tests/fuzz/fuzz_target.hpp"
#include "tests/support/import_laws.hpp"

using namespace roofcast;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = test::bytes_of(data, size);
  const std::string_view input = bytes;
  const auto border = input.find('\0');
  const auto settings =
      border == std::string_view::npos ? std::nullopt : std::optional<std::string_view>{input.substr(border + 1)};
  test::require_lawful(test::unlawful(import_hf_config(input.substr(0, border), settings, "config.json")));
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  using std::string_literals::operator""s;
  return {
      R"({"architectures":["LlamaForCausalLM"],"model_type":"llama","torch_dtype":"bfloat16","vocab_size":128256,
"hidden_size":4096,"intermediate_size":14336,"num_hidden_layers":32,"num_attention_heads":32,"num_key_value_heads":8,
"max_position_embeddings":131072,"tie_word_embeddings":false})"s +
          '\0' +
          R"({"quantization":{"quant_algo":"NVFP4","kv_cache_quant_algo":"FP8","group_size":16,"exclude_modules":["lm_head"]}})",
      R"({"architectures":["MixtralForCausalLM"],"model_type":"mixtral","torch_dtype":"bfloat16","vocab_size":32000,
"hidden_size":4096,"intermediate_size":14336,"num_hidden_layers":32,"num_attention_heads":32,"num_key_value_heads":8,
"num_local_experts":8,"num_experts_per_tok":2,"sliding_window":null,
"quantization_config":{"quant_method":"awq","bits":4,"group_size":128,"zero_point":true,"version":"gemm"}})",
      R"({"architectures":["DeepseekV3ForCausalLM"],"model_type":"deepseek_v3","torch_dtype":"bfloat16","vocab_size":129280,
"hidden_size":7168,"intermediate_size":18432,"num_hidden_layers":61,"num_attention_heads":128,"num_key_value_heads":128,
"q_lora_rank":1536,"kv_lora_rank":512,"qk_rope_head_dim":64,"qk_nope_head_dim":128,"v_head_dim":128,
"n_routed_experts":256,"num_experts_per_tok":8,"n_shared_experts":1,"moe_intermediate_size":2048,
"first_k_dense_replace":3,"moe_layer_freq":1,"num_nextn_predict_layers":1,"tie_word_embeddings":false,
"quantization_config":{"quant_method":"fp8","fmt":"e4m3","weight_block_size":[128,128]}})",
      R"({"architectures":["Gemma3ForConditionalGeneration"],"model_type":"gemma3","text_config":{"model_type":"gemma3_text",
"vocab_size":262208,"hidden_size":2560,"intermediate_size":10240,"num_hidden_layers":34,"num_attention_heads":8,
"num_key_value_heads":4,"head_dim":256,"sliding_window":1024,"sliding_window_pattern":6},"torch_dtype":"bfloat16"})",
      R"({"architectures":["NemotronHForCausalLM"],"model_type":"nemotron_h","torch_dtype":"bfloat16","vocab_size":131072,
"hidden_size":4096,"intermediate_size":21504,"num_hidden_layers":8,"hybrid_override_pattern":"M-M-M-M*",
"num_attention_heads":32,"num_key_value_heads":8,"attention_head_dim":128,"mamba_num_heads":128,"mamba_head_dim":64,
"n_groups":8,"ssm_state_size":128,"conv_kernel":4,"tie_word_embeddings":false})",
      R"({"architectures":["GptOssForCausalLM"],"model_type":"gpt_oss","vocab_size":201088,"hidden_size":2880,
"intermediate_size":2880,"num_hidden_layers":4,"num_attention_heads":64,"num_key_value_heads":8,"head_dim":64,
"layer_types":["sliding_attention","full_attention","sliding_attention","full_attention"],"sliding_window":128,
"num_local_experts":32,"num_experts_per_tok":4,"attention_bias":true,"tie_word_embeddings":false,
"quantization_config":{"quant_method":"mxfp4","modules_to_not_convert":["model.layers.*.self_attn","lm_head"]}})"};
}
