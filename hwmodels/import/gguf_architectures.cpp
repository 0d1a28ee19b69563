#include "hwmodels/import/gguf_architectures.hpp"

#include <algorithm>
#include <array>

namespace roofcast {
namespace {

using A = GgufArchitecture;

constexpr std::array kArchitectures{
    // Full attention in every layer.
    A{.name = "llama", .model_class = "LlamaForCausalLM"},
    A{.name = "mistral3", .model_class = "Mistral3ForConditionalGeneration"},
    A{.name = "qwen2", .model_class = "Qwen2ForCausalLM"},
    A{.name = "qwen2vl", .model_class = "Qwen2VLForConditionalGeneration"},
    A{.name = "qwen2moe", .model_class = "Qwen2MoeForCausalLM"},
    A{.name = "qwen3", .model_class = "Qwen3ForCausalLM"},
    A{.name = "qwen3moe", .model_class = "Qwen3MoeForCausalLM"},
    A{.name = "qwen3vl", .model_class = "Qwen3VLForConditionalGeneration"},
    A{.name = "qwen3vlmoe", .model_class = "Qwen3VLMoeForConditionalGeneration"},
    A{.name = "gemma", .model_class = "GemmaForCausalLM"},
    A{.name = "falcon", .model_class = "FalconForCausalLM"},
    A{.name = "gptneox", .model_class = "GPTNeoXForCausalLM"},
    A{.name = "phi2", .model_class = "PhiForCausalLM"},
    A{.name = "gpt2", .model_class = "GPT2LMHeadModel"},
    A{.name = "starcoder", .model_class = "GPTBigCodeForCausalLM"},
    A{.name = "starcoder2",
      .model_class = "Starcoder2ForCausalLM",
      .note = "the file does not state StarCoder2's sliding window: every layer keeps the whole context, "
              "as in llama.cpp"},
    A{.name = "glm4", .model_class = "Glm4ForCausalLM"},
    A{.name = "glm4moe", .model_class = "Glm4MoeForCausalLM"},
    A{.name = "granite", .model_class = "GraniteForCausalLM"},
    A{.name = "granitemoe", .model_class = "GraniteMoeForCausalLM"},
    A{.name = "command-r", .model_class = "CohereForCausalLM"},
    A{.name = "olmoe", .model_class = "OlmoeForCausalLM"},
    A{.name = "minimax-m2", .model_class = "MiniMaxM2ForCausalLM"},
    A{.name = "smollm3", .model_class = "SmolLM3ForCausalLM"},
    A{.name = "seed_oss", .model_class = "SeedOssForCausalLM"},

    // Sliding windows and chunks.
    A{.name = "gemma2",
      .model_class = "Gemma2ForCausalLM",
      .window_rule = WindowRule::period,
      .period = 2,
      .default_window = 4096},
    A{.name = "gemma3", .model_class = "Gemma3ForCausalLM", .window_rule = WindowRule::period, .period = 6},
    A{.name = "gemma4",
      .model_class = "Gemma4ForConditionalGeneration",
      .window_required = true,
      .dense_beside_experts = true,
      .v_may_be_k = true},
    A{.name = "gpt-oss",
      .model_class = "GptOssForCausalLM",
      .window_rule = WindowRule::period,
      .period = 2,
      .window_required = true},
    A{.name = "cohere2",
      .model_class = "Cohere2ForCausalLM",
      .window_rule = WindowRule::period,
      .period = 4,
      .window_required = true},
    A{.name = "olmo2", .model_class = "Olmo2ForCausalLM", .window_rule = WindowRule::period, .period = 4},
    A{.name = "phi3",
      .model_class = "Phi3ForCausalLM",
      .window_rule = WindowRule::ignored,
      .note = "llama.cpp keeps the whole context of Phi-3 models: a sliding window in the file is not applied"},
    A{.name = "llama4",
      .model_class = "Llama4ForConditionalGeneration",
      .window_rule = WindowRule::period,
      .period = 4,
      .default_window = 8192,
      .chunked = true},

    // Latent attention.
    A{.name = "deepseek2", .model_class = "DeepseekV3ForCausalLM", .latent = true},
    A{.name = "deepseek32", .model_class = "DeepseekV32ForCausalLM", .latent = true},
    A{.name = "glm-dsa", .model_class = "GlmMoeDsaForCausalLM", .latent = true},

    // Recurrent and hybrid.
    A{.name = "qwen3next", .model_class = "Qwen3NextForCausalLM", .recurrence = Recurrence::gated_delta},
    A{.name = "qwen35", .model_class = "Qwen3_5ForConditionalGeneration", .recurrence = Recurrence::gated_delta},
    A{.name = "qwen35moe", .model_class = "Qwen3_5MoeForConditionalGeneration", .recurrence = Recurrence::gated_delta},
    A{.name = "mamba", .model_class = "MambaForCausalLM", .recurrence = Recurrence::mamba1},
    A{.name = "mamba2", .model_class = "Mamba2ForCausalLM", .recurrence = Recurrence::mamba2},
    A{.name = "jamba", .model_class = "JambaForCausalLM", .recurrence = Recurrence::mamba1},
    A{.name = "nemotron_h",
      .model_class = "NemotronHForCausalLM",
      .recurrence = Recurrence::mamba2,
      .mixer_or_ffn = true},
    A{.name = "nemotron_h_moe",
      .model_class = "NemotronHForCausalLM",
      .recurrence = Recurrence::mamba2,
      .mixer_or_ffn = true},
    A{.name = "granitehybrid", .model_class = "GraniteMoeHybridForCausalLM", .recurrence = Recurrence::mamba2},
    A{.name = "falcon-h1", .model_class = "FalconH1ForCausalLM", .recurrence = Recurrence::mamba2, .parallel = true},
    A{.name = "lfm2",
      .model_class = "Lfm2ForCausalLM",
      .recurrence = Recurrence::short_conv,
      .window_rule = WindowRule::every_layer},
    A{.name = "lfm2moe", .model_class = "Lfm2MoeForCausalLM", .recurrence = Recurrence::short_conv},
};

}  // namespace

std::span<const GgufArchitecture> gguf_architectures() {
  return kArchitectures;
}

const GgufArchitecture* find_gguf_architecture(std::string_view name) {
  const auto it = std::ranges::find(kArchitectures, name, &GgufArchitecture::name);
  return it == kArchitectures.end() ? nullptr : &*it;
}

}  // namespace roofcast
