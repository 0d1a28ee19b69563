#include "hwmodels/import/hf_config_families.hpp"

#include <algorithm>
#include <array>
#include <ranges>

#include "hwmodels/import/hf_config_readers.hpp"

namespace roofcast::hf {
namespace {

constexpr Switch kNever{"", false}, kAlways{"", true};

constexpr ModuleNames kQwenModules{.shared = "mlp.shared_expert"};
constexpr ModuleNames kBlockSparseModules{.recurrent = "mamba",
                                          .dense = "shared_mlp",
                                          .shared = "shared_mlp",
                                          .experts = "block_sparse_moe.experts.0",
                                          .expert_part = "w2"};
constexpr ModuleNames kMixerModules{.attention = "mixer",
                                    .recurrent = "mixer",
                                    .dense = "mixer",
                                    .shared = "mixer.shared_experts",
                                    .experts = "mixer.experts.0"};

// One row per family: what its files are called, who reads them, and what the model code fixes.
const std::array kFamilies{
    // Llama and its relatives.
    Family{"llama", "Llama LLaMA", read_grouped},
    Family{"mistral ministral ministral3",
           "Mistral Ministral Ministral3",
           read_grouped,
           {.window = WindowRule::every_layer}},
    Family{"mixtral",
           "Mixtral",
           read_grouped,
           {.window = WindowRule::every_layer, .experts_use_inner = true},
           kBlockSparseModules},
    Family{"qwen2 qwen2_vl qwen2_5_vl",
           "Qwen2 Qwen2VL Qwen2_5_VL",
           read_grouped,
           {.attention_bias = kAlways, .output_bias = false, .window = WindowRule::qwen}},
    Family{"qwen2_moe",
           "Qwen2Moe",
           read_grouped,
           {.attention_bias = kAlways, .output_bias = false, .window = WindowRule::qwen, .shared_gate = true},
           kQwenModules},
    Family{
        "qwen3 qwen3_vl", "Qwen3 Qwen3VL", read_grouped, {.query_norm = QueryNorm::head, .window = WindowRule::qwen}},
    Family{"qwen3_moe qwen3_vl_moe",
           "Qwen3Moe Qwen3VLMoe",
           read_grouped,
           {.query_norm = QueryNorm::head, .window = WindowRule::qwen},
           kQwenModules},
    Family{"mimo",
           "MiMo",
           read_grouped,
           {.attention_bias = {"attention_bias", true}, .output_bias = false, .window = WindowRule::qwen}},
    Family{"gemma", "Gemma", read_grouped, {.tied = true}},
    Family{"gemma2",
           "Gemma2",
           read_grouped,
           {.norms = 4, .window = WindowRule::periodic, .window_period = 2, .tied = true}},
    Family{
        "gemma3",
        "Gemma3",
        read_grouped,
        {.norms = 4, .query_norm = QueryNorm::head, .window = WindowRule::periodic, .window_period = 6, .tied = true}},
    Family{
        "gemma4",
        "Gemma4",
        read_gemma4,
        {.norms = 4, .query_norm = QueryNorm::head, .window = WindowRule::periodic, .window_period = 6, .tied = true},
        {.experts = "experts.0"}},
    Family{"phi3", "Phi3", read_grouped, {.window = WindowRule::every_layer}},
    Family{"phimoe",
           "PhiMoE Phimoe PhimoE",
           read_grouped,
           {.norm = Norm::layer,
            .window = WindowRule::every_layer,
            .head_bias = {"lm_head_bias", false},
            .experts_use_inner = true},
           kBlockSparseModules},
    Family{"olmo", "Olmo OLMo", read_grouped, {.norm = Norm::none}},
    Family{"olmo2", "Olmo2", read_grouped, {.query_norm = QueryNorm::full}},
    Family{"olmo3",
           "Olmo3",
           read_grouped,
           {.query_norm = QueryNorm::full, .window = WindowRule::periodic, .window_period = 4}},
    Family{"olmoe", "Olmoe", read_grouped, {.query_norm = QueryNorm::full, .experts_use_inner = true}},
    Family{"stablelm",
           "StableLm",
           read_stablelm,
           {.norm = Norm::layer,
            .attention_bias = {"use_qkv_bias", false},
            .output_bias = false,
            .query_norm = QueryNorm::full,
            .use_query_norm = {"qk_layernorm", false}}},
    Family{"minicpm", "MiniCPM", read_grouped, {.tied = true}},
    Family{"smollm3", "SmolLM3", read_grouped, {.tied = true}},
    Family{"cohere",
           "Cohere",
           read_grouped,
           {.norm = Norm::layer_weight,
            .norms = 1,
            .query_norm = QueryNorm::full,
            .use_query_norm = {"use_qk_norm", false},
            .tied = true}},
    Family{"cohere2",
           "Cohere2",
           read_grouped,
           {.norm = Norm::layer_weight, .norms = 1, .window = WindowRule::periodic, .window_period = 4, .tied = true}},
    Family{"granite", "Granite", read_grouped},
    Family{"granitemoe granitemoeshared",
           "GraniteMoe GraniteMoeShared",
           read_grouped,
           {.experts_use_inner = true},
           kBlockSparseModules},
    Family{"internlm2",
           "InternLM2",
           read_grouped,
           {.attention_bias = {"bias", false}},
           {.attention = "attention", .dense = "feed_forward"}},
    Family{"exaone4",
           "Exaone4",
           read_grouped,
           {.query_norm = QueryNorm::head, .window = WindowRule::periodic, .window_period = 4}},
    Family{"seed_oss", "SeedOss", read_seed_oss, {.attention_bias = {"attention_bias", true}}},
    Family{"ernie4_5",
           "Ernie4_5",
           read_grouped,
           {.attention_bias = {"use_bias", false}, .mlp_bias = {"use_bias", false}, .tied = true}},
    Family{"ernie4_5_moe",
           "Ernie4_5_Moe Ernie4_5_MoE",
           read_grouped,
           {.attention_bias = {"use_bias", false}, .mlp_bias = {"use_bias", false}, .tied = true}},
    Family{"glm", "Glm", read_grouped, {.attention_bias = {"attention_bias", true}, .output_bias = false}},
    Family{
        "glm4", "Glm4", read_grouped, {.norms = 4, .attention_bias = {"attention_bias", true}, .output_bias = false}},
    Family{"glm4_moe",
           "Glm4Moe",
           read_grouped,
           {.output_bias = false, .query_norm = QueryNorm::head, .use_query_norm = {"use_qk_norm", false}}},
    Family{"deepseek", "Deepseek", read_grouped},
    Family{"gpt_oss",
           "GptOss",
           read_grouped,
           {.attention_bias = {"attention_bias", true},
            .window = WindowRule::periodic,
            .window_period = 2,
            .experts_use_inner = true,
            .router_bias = true,
            .expert_bias = true,
            .sinks = true},
           {.experts = "mlp.experts"}},
    Family{"llama4",
           "Llama4",
           read_grouped,
           {.window = WindowRule::chunks, .window_period = 4, .experts_use_inner = true, .shared_always = true},
           {.dense = "feed_forward", .shared = "feed_forward.shared_expert", .experts = "feed_forward.experts"}},
    Family{"minimax_m2", "MiniMaxM2", read_minimax_m2, {.experts_use_inner = true}, kBlockSparseModules},
    Family{"minimax_m3 minimax_m3_vl",
           "MiniMaxM3 MiniMaxM3Sparse",
           read_minimax_m3,
           {.experts_use_inner = true, .router_bias = true},
           {.shared = "block_sparse_moe.shared_experts", .experts = "block_sparse_moe.experts.0", .expert_part = "w2"}},
    Family{"mimo_v2_flash", "MiMoV2Flash", read_mimo_v2},
    Family{"step3p5 step3p7",
           "Step3p5 Step3p5Flash Step3p7 Step3p7Flash",
           read_step,
           {},
           {.shared = "share_expert", .experts = "moe"}},
    Family{"nemotron-nas", "DeciLM", read_nas},

    // The generation before.
    Family{"gpt2",
           "GPT2",
           read_gpt,
           {.norm = Norm::layer,
            .gated = false,
            .attention_bias = kAlways,
            .mlp_bias = kAlways,
            .tied = true,
            .inner_default = true},
           {.attention = "attn"}},
    Family{"gpt_bigcode",
           "GPTBigCode",
           read_gpt,
           {.norm = Norm::layer,
            .gated = false,
            .attention_bias = kAlways,
            .mlp_bias = kAlways,
            .tied = true,
            .inner_default = true,
            .multi_query = true},
           {.attention = "attn"}},
    Family{"opt",
           "OPT",
           read_gpt,
           {.norm = Norm::layer,
            .gated = false,
            .attention_bias = {"enable_bias", true},
            .mlp_bias = {"enable_bias", true},
            .tied = true,
            .extra_positions = 2}},
    Family{"gptj",
           "GPTJ",
           read_grouped,
           {.norm = Norm::layer,
            .norms = 1,
            .gated = false,
            .attention_bias = kNever,
            .mlp_bias = kAlways,
            .head_bias = kAlways,
            .inner_default = true},
           {.attention = "attn"}},
    Family{"gpt_neox",
           "GPTNeoX",
           read_grouped,
           {.norm = Norm::layer, .gated = false, .attention_bias = {"attention_bias", true}, .mlp_bias = kAlways},
           {.attention = "attention"}},
    Family{"bloom",
           "Bloom",
           read_bloom,
           {.norm = Norm::layer,
            .gated = false,
            .attention_bias = kAlways,
            .mlp_bias = kAlways,
            .tied = true,
            .inner_default = true},
           {.attention = "self_attention"}},
    Family{"falcon",
           "Falcon",
           read_falcon,
           {.norm = Norm::layer,
            .gated = false,
            .attention_bias = {"bias", false},
            .mlp_bias = {"bias", false},
            .tied = true,
            .inner_default = true},
           {.attention = "self_attention"}},
    Family{"phi",
           "Phi",
           read_grouped,
           {.norm = Norm::layer,
            .norms = 1,
            .gated = false,
            .attention_bias = kAlways,
            .mlp_bias = kAlways,
            .head_bias = kAlways}},
    Family{"starcoder2",
           "Starcoder2",
           read_grouped,
           {.norm = Norm::layer,
            .gated = false,
            .attention_bias = {"use_bias", true},
            .mlp_bias = {"use_bias", true},
            .window = WindowRule::every_layer,
            .tied = true}},
    Family{"mpt",
           "MPT Mpt",
           read_mpt,
           {.gated = false, .mlp_bias = kNever, .tied = true},
           {.attention = "attn", .dense = "ffn"}},
    Family{"dbrx", "Dbrx", read_dbrx, {.norm = Norm::layer_weight, .attention_bias = kNever}},
    Family{"chatglm", "ChatGLM", read_chatglm, {}, {.attention = "self_attention"}},

    // Latent and compressed caches.
    Family{"deepseek_v2", "DeepseekV2", read_latent},
    Family{"deepseek_v3 kimi_k2 kimi_k25", "DeepseekV3 KimiK25", read_latent},
    Family{"deepseek_v32", "DeepseekV32", read_latent, {.indexer = true}},
    Family{"glm_moe_dsa", "GlmMoeDsa", read_latent, {.indexer = true}},
    Family{"glm4_moe_lite", "Glm4MoeLite", read_latent},
    Family{"minicpm3", "MiniCPM3", read_latent, {.tied = true}},
    Family{"longcat_flash", "LongcatFlash", read_longcat},
    Family{"deepseek_v4",
           "DeepseekV4",
           read_compressed,
           {},
           {.attention = "attn",
            .dense = "ffn",
            .shared = "ffn.shared_experts",
            .experts = "ffn.experts.0",
            .expert_part = "w2"}},

    // Recurrent layers.
    Family{"qwen3_next qwen3_5 qwen3_5_moe",
           "Qwen3Next Qwen3_5 Qwen3_5Moe",
           read_gated_delta,
           {.query_norm = QueryNorm::head, .shared_gate = true},
           kQwenModules},
    Family{"kimi_linear kimi_k3",
           "KimiLinear KimiK3",
           read_kimi_delta,
           {},
           {.recurrent = "self_attn", .latent_kept = true}},
    Family{"jamba",
           "Jamba",
           read_jamba,
           {.attention_bias = kNever, .experts_use_inner = true},
           {.recurrent = "mamba", .dense = "feed_forward", .experts = "feed_forward.experts.0"}},
    Family{"falcon_mamba", "FalconMamba", read_falcon_mamba, {.norms = 1, .tied = true}, kMixerModules},
    Family{"falcon_h1", "FalconH1", read_falcon_h1, {}, {.dense = "feed_forward"}},
    Family{
        "granitemoehybrid", "GraniteMoeHybrid", read_granite_hybrid, {.experts_use_inner = true}, kBlockSparseModules},
    Family{"nemotron_h", "NemotronH", read_nemotron_h, {.norms = 1, .gated = false}, kMixerModules},
    Family{"minimax minimax_text_01",
           "MiniMax MiniMaxText01",
           read_minimax_text,
           {.experts_use_inner = true},
           {.recurrent = "self_attn", .experts = "block_sparse_moe.experts.0", .expert_part = "w2"}},
    Family{"lfm2",
           "Lfm2",
           read_lfm2,
           {.query_norm = QueryNorm::head, .tied = true},
           {.recurrent = "conv", .dense = "feed_forward"}},
};

bool lists(std::string_view words, std::string_view word) {
  for (const auto part : std::views::split(words, ' '))
    if (std::string_view{part} == word) return true;
  return false;
}

const Family* find(std::string_view Family::*names, std::string_view name) {
  const auto it = std::ranges::find_if(kFamilies, [&](const Family& f) { return lists(f.*names, name); });
  return it == kFamilies.end() ? nullptr : &*it;
}

}  // namespace

const Family* family_of_type(std::string_view model_type) {
  if (model_type.ends_with("_text")) model_type.remove_suffix(5);
  return find(&Family::types, model_type);
}

const Family* family_of_class(std::string_view architecture) {
  for (const std::string_view tail : {"For", "LMHeadModel", "Model"}) {
    const auto end = architecture.find(tail);
    if (end != std::string_view::npos && end > 0) return find(&Family::classes, architecture.substr(0, end));
  }
  return nullptr;
}

std::vector<std::string> known_model_types() {
  std::vector<std::string> types;
  for (const auto& family : kFamilies)
    for (const auto part : std::views::split(family.types, ' ')) types.emplace_back(std::string_view{part});
  return types;
}

std::vector<ClassDefault> class_defaults(const Family& family, const ConfigObject& text) {
  // Multimodal Gemma-3 files state only what differs from the 4B shape (Gemma3TextConfig).
  if (!lists(family.types, "gemma3") || text.has("num_attention_heads")) return {};
  return {{"num_attention_heads", 8},
          {"num_key_value_heads", 4},
          {"head_dim", 256},
          {"vocab_size", 262208},
          {"max_position_embeddings", 131072}};
}

}  // namespace roofcast::hf
