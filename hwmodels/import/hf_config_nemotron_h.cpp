/// Nemotron-H and Nemotron-3: mixers, MLPs and experts are layers of their own.

#include "hwmodels/import/hf_config_readers.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"
#include "hwmodels/import/hf_config_recurrent.hpp"

namespace roofcast::hf {
namespace {

/// One letter per layer: M Mamba-2, * attention, - MLP, E experts. Empty on errors.
std::string pattern_of(const Config& config) {
  const auto& text = config.text;
  std::string pattern;
  if (!text.has("layers_block_type")) {
    pattern = text.text("hybrid_override_pattern").value_or("");
    if (pattern.empty())
      config.error("layers_block_type", "missing", "accepted names: layers_block_type, hybrid_override_pattern");
    const auto odd = pattern.find_first_not_of("M*-E");
    if (odd == std::string::npos) return pattern;
    config.error("hybrid_override_pattern",
                 fmt::format("attention kind not understood: '{}' in layer {}", pattern[odd], odd),
                 "understood: M (Mamba-2), * (attention), - (MLP), E (experts)");
    return {};
  }
  for (const auto& word : text.texts("layers_block_type")) {
    const char letter = word == "mamba" || word == "linear_attention"     ? 'M'
                        : word == "attention" || word == "full_attention" ? '*'
                        : word == "mlp"                                   ? '-'
                        : word == "moe"                                   ? 'E'
                                                                          : '?';
    if (letter == '?') {
      config.error("layers_block_type",
                   fmt::format("attention kind not understood: '{:.60}' in layer {}", word, pattern.size()),
                   "understood: mamba, attention, mlp, moe");
      return {};
    }
    pattern += letter;
  }
  return pattern;
}

}  // namespace

void read_nemotron_h(const Config& config, Draft& draft) {
  const auto& text = config.text;
  const auto pattern = pattern_of(config);
  if (pattern.empty()) return;
  if (static_cast<int>(pattern.size()) > kLayers.max)
    return config.error("layers_block_type",
                        fmt::format("{} layers, at most {} are read", pattern.size(), kLayers.max));
  if (text.has("num_hidden_layers") &&
      !one_per_layer(config, "hybrid_override_pattern", pattern.size(), layer_count(config)))
    return;

  const auto full = grouped_query(config, draft);
  const Mamba2 mamba{.heads = text.required({"mamba_num_heads"}, kHeads),
                     .head_dim = text.required({"mamba_head_dim"}, kHeadDim),
                     .groups = text.required({"n_groups"}, kHeads),
                     .state = text.required({"ssm_state_size"}, kHeadDim),
                     .conv = text.required({"conv_kernel"}, kHeadDim),
                     .conv_bias = text.flag("use_conv_bias", true),
                     .fp32_state = fp32_state(config)};
  if (text.flag("use_bias", false) || text.flag("mamba_proj_bias", false)) config.leave_out("Mamba biases");
  const auto has = [&](char letter) { return pattern.find(letter) != std::string::npos; };
  const auto moe = has('E') ? mixture_of_experts(config, draft) : std::nullopt;
  if (has('E') && !moe) return config.error("n_routed_experts", "missing although the model has expert layers");
  const Ffn dense = has('-') ? Ffn{dense_ffn(config, inner_width(config, draft))} : Ffn{NoFfn{}};

  for (const char letter : pattern) {
    Layer layer{.small_params = layer_norms(config, draft)};
    if (letter == 'M') layer.attention = mamba;
    if (letter == '*') layer.attention = full;
    layer.ffn = letter == '-' ? dense : letter == 'E' ? Ffn{*moe} : Ffn{NoFfn{}};
    draft.layers.push_back(layer);
  }
}

}  // namespace roofcast::hf
