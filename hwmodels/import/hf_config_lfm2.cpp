#include "hwmodels/import/hf_config_readers.hpp"

#include <cmath>

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"
#include "hwmodels/import/hf_config_recurrent.hpp"

namespace roofcast::hf {
namespace {

/// Older files list the layers with attention; the others are convolutions.
std::vector<bool> unlisted(const Config& config, int layers) {
  std::vector<bool> convolution(static_cast<std::size_t>(layers), true);
  for (const int i : config.text.counts("full_attn_idxs", {0, layers - 1}))
    convolution[static_cast<std::size_t>(i)] = false;
  return convolution;
}

/// The model code shrinks the stated width to two thirds (the MLP is gated) and rounds it up.
int adjusted_width(const Config& config, int width) {
  if (!config.text.flag("block_auto_adjust_ff_dim", false)) return width;
  const double factor = config.text.number("block_ffn_dim_multiplier").value_or(1.0);
  const int multiple = config.text.count({"block_multiple_of"}).value_or(256);
  if (factor <= 0 || factor > 100) {
    config.error("block_ffn_dim_multiplier", fmt::format("{} where a factor above 0 was expected", factor));
    return width;
  }
  const double shrunk = std::floor(factor * std::floor(2.0 * width / 3.0));
  return static_cast<int>(std::ceil(shrunk / multiple) * multiple);
}

}  // namespace

void read_lfm2(const Config& config, Draft& draft) {
  const int layers = layer_count(config);
  if (!config.text.has("layer_types") && !config.text.has("full_attn_idxs"))
    return config.error("layer_types", "missing", "accepted names: layer_types, full_attn_idxs");
  const auto convolution =
      config.text.has("layer_types") ? recurrent_layers(config, layers, {"conv"}) : unlisted(config, layers);
  const auto full = grouped_query(config, draft);
  const ShortConv conv{.conv = config.text.required({"conv_L_cache"}, kHeadDim)};
  if (config.text.flag("conv_bias", false)) config.leave_out("convolution biases");
  const int width = config.text.required({"block_ff_dim", "intermediate_size"});
  const auto ffn = dense_ffn(config, adjusted_width(config, width));
  for (const bool is_convolution : convolution)
    draft.layers.push_back({is_convolution ? Attention{conv} : Attention{full}, ffn, layer_norms(config, draft)});
}

}  // namespace roofcast::hf
