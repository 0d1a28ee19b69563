#include "hwmodels/import/hf_config_recurrent.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace roofcast::hf {

bool fp32_state(const Config& config) {
  for (const std::string_view key : {"mamba_ssm_cache_dtype", "mamba_ssm_dtype"}) {
    const auto stated = config.text.text(key);
    if (!stated) continue;
    if (*stated == "float32") return true;
    if (*stated == "bfloat16" || *stated == "float16") return false;
    config.error(key, fmt::format("'{:.60}' is not understood", *stated), "understood: float32, bfloat16, float16");
  }
  config.note("type of the recurrent state not stated: fp32");
  return true;
}

int time_step_rank(const Config& config, std::string_view key, const Draft& draft) {
  const auto* stated = config.text.value(key);
  const auto* word = stated == nullptr ? nullptr : stated->as<std::string>();
  if (stated == nullptr || (word != nullptr && *word == "auto")) return (draft.hidden + 15) / 16;
  return config.text.required({key});
}

Mamba2 prefixed_mamba2(const Config& config, const Draft& draft) {
  const auto& text = config.text;
  Mamba2 mamba{.heads = text.required({"mamba_n_heads"}, kHeads),
               .groups = text.count({"mamba_n_groups"}, kHeads).value_or(1),
               .state = text.required({"mamba_d_state"}, kHeadDim),
               .conv = text.required({"mamba_d_conv"}, kHeadDim),
               .conv_bias = text.flag("mamba_conv_bias", true),
               .fp32_state = fp32_state(config)};
  const auto inner = text.count({"mamba_d_ssm"});
  const int width = inner ? *inner : text.count({"mamba_expand"}, {1, 64}).value_or(2) * draft.hidden;
  const auto* stated = text.value("mamba_d_head");
  const bool automatic = stated == nullptr || stated->as<std::string>() != nullptr;
  mamba.head_dim = automatic ? std::max(1, width / mamba.heads) : text.required({"mamba_d_head"}, kHeadDim);
  if (static_cast<double>(mamba.heads) * mamba.head_dim != width)
    config.contradiction("mamba_n_heads", fmt::format("{} heads of {} do not make an inner width of {}", mamba.heads,
                                                      mamba.head_dim, width));
  return mamba;
}

std::vector<bool> recurrent_layers(const Config& config, int layers, Aliases recurrent) {
  const auto words = config.text.texts("layer_types");
  if (!one_per_layer(config, "layer_types", words.size(), layers)) return {};
  std::vector<bool> flags;
  for (const auto& word : words) {
    const bool is_recurrent = std::ranges::find(recurrent, word) != recurrent.end();
    if (!is_recurrent && word != "full_attention" && word != "attention") {
      config.error("layer_types",
                   fmt::format("attention kind not understood: '{:.60}' in layer {}", word, flags.size()),
                   fmt::format("understood here: full_attention, attention, {}", fmt::join(recurrent, ", ")));
      return {};
    }
    flags.push_back(is_recurrent);
  }
  return flags;
}

}  // namespace roofcast::hf
