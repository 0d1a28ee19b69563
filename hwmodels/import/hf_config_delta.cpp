/// Hybrids of delta-rule layers with a constant state and full layers with a growing cache.

#include "hwmodels/import/hf_config_readers.hpp"

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"
#include "hwmodels/import/hf_config_latent.hpp"
#include "hwmodels/import/hf_config_recurrent.hpp"

namespace roofcast::hf {
namespace {

std::vector<bool> every_nth_full(const Config& config, int layers) {
  const int interval = config.text.count({"full_attention_interval"}, kLayers).value_or(4);
  std::vector<bool> recurrent;
  for (int i = 0; i < layers; ++i) recurrent.push_back((i + 1) % interval != 0);
  return recurrent;
}

/// Kimi counts its layers from one. Every layer must be in exactly one of the two lists.
std::vector<bool> kimi_recurrent_layers(const ConfigObject& lists, int layers) {
  const auto full = lists.counts("full_attn_layers", {1, kLayers.max});
  const auto linear = lists.counts("kda_layers", {1, kLayers.max});
  std::vector<int> named(static_cast<std::size_t>(layers), 0);
  std::vector<bool> recurrent(static_cast<std::size_t>(layers), true);
  for (const auto& list : {full, linear}) {
    for (const int layer : list) {
      if (layer > layers) {
        lists.error("full_attn_layers",
                    fmt::format("layer {} of a model with {} layers (counted from 1)", layer, layers));
        return {};
      }
      ++named[static_cast<std::size_t>(layer - 1)];
    }
  }
  for (const int layer : full) recurrent[static_cast<std::size_t>(layer - 1)] = false;
  for (int i = 0; i < layers; ++i) {
    if (named[static_cast<std::size_t>(i)] == 1) continue;
    lists.error("full_attn_layers",
                fmt::format("layer {} (counted from 1) is {} of full_attn_layers and kda_layers", i + 1,
                            named[static_cast<std::size_t>(i)] == 0 ? "in none" : "more than once in the lists"));
    return {};
  }
  return recurrent;
}

}  // namespace

void read_gated_delta(const Config& config, Draft& draft) {
  const auto& text = config.text;
  const int layers = layer_count(config);
  const auto recurrent =
      text.has("layer_types") ? recurrent_layers(config, layers, {"linear_attention"}) : every_nth_full(config, layers);
  auto full = grouped_query(config, draft);
  full.output_gate = text.flag("attn_output_gate", true);
  const GatedDelta delta{.k_heads = text.required({"linear_num_key_heads"}, kHeads),
                         .k_dim = text.required({"linear_key_head_dim"}, kHeadDim),
                         .v_heads = text.required({"linear_num_value_heads"}, kHeads),
                         .v_dim = text.required({"linear_value_head_dim"}, kHeadDim),
                         .conv = text.required({"linear_conv_kernel_dim"}, kHeadDim),
                         .fp32_state = fp32_state(config)};
  const auto ffn = feed_forward(config, draft, layers);
  for (std::size_t i = 0; i < recurrent.size(); ++i)
    draft.layers.push_back({recurrent[i] ? Attention{delta} : Attention{full}, ffn.at(i), layer_norms(config, draft)});
}

void read_kimi_delta(const Config& config, Draft& draft) {
  const auto& text = config.text;
  const int layers = layer_count(config);
  const auto nested = text.object("linear_attn_config");
  if (!nested.exists() && !text.has("layer_types"))
    return config.error("linear_attn_config", "missing: which layers are linear is not stated");
  const auto recurrent =
      nested.exists() ? kimi_recurrent_layers(nested, layers) : recurrent_layers(config, layers, {"linear_attention"});
  const auto& from = nested.exists() ? nested : text;
  const KimiDelta delta{.heads = from.required({"num_heads", "linear_num_heads"}, kHeads),
                        .head_dim = from.required({nested.exists() ? "head_dim" : "linear_head_dim"}, kHeadDim),
                        .conv = from.required({"short_conv_kernel_size", "linear_conv_kernel_dim"}, kHeadDim),
                        .full_gate = from.flag("use_full_rank_gate", false)};
  auto full = latent_attention(config);
  full.output_gate = text.flag("mla_use_output_gate", false);

  auto ffn = feed_forward(config, draft, layers);
  double small = layer_norms(config, draft);
  if (text.has("attn_res_block_size")) {
    // Kimi-K3: attention over the residual stream has four vectors per layer and two at the end; its
    // router's correction bias is a parameter.
    small += 4.0 * draft.hidden;
    draft.final_small_params += 2.0 * draft.hidden;
    ffn.moe.router_bias = true;
  }
  for (std::size_t i = 0; i < recurrent.size(); ++i)
    draft.layers.push_back({recurrent[i] ? Attention{delta} : Attention{full}, ffn.at(i), small});
}

}  // namespace roofcast::hf
