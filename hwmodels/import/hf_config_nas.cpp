/// Nemotron-NAS (DeciLM): a search gave every layer its own attention and MLP, or neither.

#include "hwmodels/import/hf_config_readers.hpp"

#include <cmath>

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"

namespace roofcast::hf {
namespace {

/// What a block may ask for that changes cache or weights in ways not modelled.
void refuse_unknown(const ConfigObject& part) {
  for (const auto* key : {"sparsify", "num_sink_tokens", "prefill_sink"})
    if (part.has(key)) part.error(key, fmt::format("{} is not understood, only null is", describe(*part.value(key))));
  if (part.flag("replace_with_linear", false))
    part.error("replace_with_linear", "a linear layer in place of this one is not supported");
}

Attention attention_of(const Config& config, const Draft& draft, const ConfigObject& part, double& small_params) {
  refuse_unknown(part);
  if (part.flag("no_op", false)) return NoMixer{};
  const int group = part.required({"n_heads_in_group"}, kHeads), heads = query_heads(config);
  if (heads % group != 0)
    part.error("n_heads_in_group", fmt::format("{} query heads are no multiple of {}", heads, group));
  auto attention = grouped_query(config, draft, heads % group == 0 ? heads / group : 1);
  attention.window = part.count({"window_length"}, kTokens).value_or(0);
  small_params += norm_params(config.traits.norm, draft.hidden);
  return attention;
}

Ffn ffn_of(const Config& config, const Draft& draft, const ConfigObject& part, double& small_params) {
  refuse_unknown(part);
  if (part.flag("no_op", false)) return NoFfn{};
  small_params += norm_params(config.traits.norm, draft.hidden);
  const double multiplier = part.number("ffn_mult").value_or(0);
  if (multiplier <= 0 || multiplier > 1000) {
    part.error("ffn_mult", fmt::format("{} where a factor above 0 was expected", multiplier));
    return NoFfn{};
  }
  // The model code: two thirds of the width (gated), rounded up to 256.
  const double width = std::floor(2 * multiplier * draft.hidden / 3);
  return dense_ffn(config, static_cast<int>(std::ceil(width / 256) * 256));
}

}  // namespace

void read_nas(const Config& config, Draft& draft) {
  const int layers = layer_count(config);
  const auto blocks = config.text.objects("block_configs");
  if (!one_per_layer(config, "block_configs", blocks.size(), layers)) return;
  for (const auto& block : blocks) {
    const auto attention = block.object("attention"), ffn = block.object("ffn");
    if (!attention.exists()) block.error("attention", "missing");
    if (!ffn.exists()) block.error("ffn", "missing");
    if (!attention.exists() || !ffn.exists()) return;
    Layer layer;
    layer.attention = attention_of(config, draft, attention, layer.small_params);
    layer.ffn = ffn_of(config, draft, ffn, layer.small_params);
    draft.layers.push_back(layer);
  }
}

}  // namespace roofcast::hf
