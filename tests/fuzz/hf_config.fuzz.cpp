/// libFuzzer target: a config.json and, after a zero byte, a hf_quant_config.json.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "hwmodels/import/hf_config.hpp"
#include "tests/fuzz/fuzz_target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto border = input.find('\0');
  const auto config = input.substr(0, border);
  const auto settings =
      border == std::string_view::npos ? std::nullopt : std::optional<std::string_view>{input.substr(border + 1)};

  const auto model = roofcast::import_hf_config(config, settings, "config.json");
  if (!model) return model.error().empty() ? std::abort(), 0 : 0;
  const double bytes = roofcast::kv_bytes_per_sequence(*model, roofcast::KvFormat{}, 4096).in(roofcast::units::byte);
  const double weights = roofcast::parameters(*model).total;
  if (model->layers.empty() || !std::isfinite(bytes) || !std::isfinite(weights) || weights <= 0) std::abort();
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  using namespace std::string_literals;
  return {
      R"({"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":64,"num_hidden_layers":2,)"
      R"("num_attention_heads":4,"num_key_value_heads":2,"intermediate_size":128,"vocab_size":100,"torch_dtype":"bfloat16"})",
      R"({"architectures":["DeepseekV3ForCausalLM"],"model_type":"deepseek_v3","hidden_size":64,"num_hidden_layers":3,)"
      R"("num_attention_heads":4,"q_lora_rank":16,"kv_lora_rank":32,"qk_rope_head_dim":8,"qk_nope_head_dim":16,)"
      R"("v_head_dim":16,"n_routed_experts":8,"num_experts_per_tok":2,"n_shared_experts":1,"moe_intermediate_size":32,)"
      R"("first_k_dense_replace":1,"intermediate_size":128,"vocab_size":100,"torch_dtype":"bfloat16",)"
      R"("quantization_config":{"quant_method":"fp8","weight_block_size":[128,128]}})",
      R"({"text_config":{"model_type":"gemma3_text","hidden_size":64,"num_hidden_layers":6,"num_attention_heads":4,)"
      R"("num_key_value_heads":2,"head_dim":16,"intermediate_size":128,"vocab_size":100,"sliding_window":32,)"
      R"("sliding_window_pattern":6},"architectures":["Gemma3ForConditionalGeneration"],"torch_dtype":"bfloat16"})",
      R"({"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":64,"num_hidden_layers":2,)"
      R"("num_attention_heads":4,"intermediate_size":128,"vocab_size":100,"torch_dtype":"bfloat16"})"s +
          '\0' + R"({"quantization":{"quant_algo":"NVFP4","group_size":16,"exclude_modules":["lm_head"]}})"};
}
