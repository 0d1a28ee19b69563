#include "hwmodels/import/hf_config_sparse_layers.hpp"

#include <charconv>
#include <string>

#include <fmt/format.h>

namespace roofcast::hf {
namespace {

using Flags = std::vector<bool>;

Flags where(int layers, auto&& holds) {
  Flags flags;
  for (int i = 0; i < layers; ++i) flags.push_back(holds(i));
  return flags;
}

Flags everywhere(int layers) {
  return Flags(static_cast<std::size_t>(layers), true);
}

Flags from_words(const Config& config, int layers) {
  constexpr auto kKey = "mlp_layer_types";
  const auto words = config.text.texts(kKey);
  if (!one_per_layer(config, kKey, words.size(), layers)) return everywhere(layers);
  Flags flags;
  for (const auto& word : words) {
    const bool sparse = word == "sparse" || word == "moe" || word == "hash_moe";
    if (!sparse && word != "dense") {
      config.error(kKey, fmt::format("MLP kind not understood: '{:.60}' in layer {}", word, flags.size()),
                   "understood: dense, sparse, moe, hash_moe");
      return everywhere(layers);
    }
    flags.push_back(sparse);
  }
  return flags;
}

Flags from_flags(const Config& config, int layers) {
  const auto entries = config.text.counts("moe_layer_freq", {0, 1});
  if (!one_per_layer(config, "moe_layer_freq", entries.size(), layers)) return everywhere(layers);
  return where(layers, [&](int i) { return entries[static_cast<std::size_t>(i)] == 1; });
}

Flags from_indices(const Config& config, std::string_view key, const std::vector<int>& indices, int layers) {
  Flags flags(static_cast<std::size_t>(layers), false);
  for (const int i : indices) {
    if (i >= layers) {
      config.error(key, fmt::format("layer {} of a model with {} layers", i, layers));
      return flags;
    }
    flags[static_cast<std::size_t>(i)] = true;
  }
  return flags;
}

/// Step-3: "3,4,5,...", zero-based.
std::vector<int> enumerated(const Config& config, const std::string& text) {
  std::vector<int> indices;
  const char* end = text.data() + text.size();
  for (const char* p = text.data(); p < end;) {
    int index = -1;
    const auto [next, status] = std::from_chars(p, end, index);
    if (status != std::errc{} || index < 0 || (next != end && *next != ',')) {
      config.error("moe_layers_enum", fmt::format("'{:.60}' where layer numbers with commas were expected", text));
      return {};
    }
    indices.push_back(index);
    p = next == end ? end : next + 1;
  }
  return indices;
}

/// Qwen: every decoder_sparse_step-th layer, but for those listed in mlp_only_layers.
Flags from_sparse_step(const Config& config, int layers) {
  const int step = config.text.count({"decoder_sparse_step"}, kLayers).value_or(1);
  auto flags = where(layers, [&](int i) { return (i + 1) % step == 0; });
  for (const int i : config.text.counts("mlp_only_layers", {0, kLayers.max}))
    if (i < layers) flags[static_cast<std::size_t>(i)] = false;
  return flags;
}

/// Ernie: every moe_layer_interval-th layer from the start to the end index (-1: the last layer).
Flags from_interval(const Config& config, int layers) {
  const int first = config.text.required({"moe_layer_start_index"}, {0, kLayers.max});
  const int end = config.text.count({"moe_layer_end_index"}, {-1, kLayers.max}).value_or(-1);
  const int last = end < 0 ? layers - 1 : end;
  const int interval = config.text.count({"moe_layer_interval"}, kLayers).value_or(1);
  return where(layers, [&](int i) { return i >= first && i <= last && (i + 1) % interval == 0; });
}

/// Jamba: layers with (i - offset) % period == 0.
Flags from_period(const Config& config, int layers) {
  const int period = config.text.required({"expert_layer_period"}, kLayers);
  const int offset = config.text.required({"expert_layer_offset"}, {0, kLayers.max});
  return where(layers, [&](int i) { return i % period == offset % period; });
}

}  // namespace

std::vector<bool> sparse_layers(const Config& config, int layers) {
  const auto& text = config.text;
  if (text.has("mlp_layer_types")) return from_words(config, layers);
  const auto* frequency = text.value("moe_layer_freq");
  if (frequency != nullptr && frequency->as<JsonValue::Array>() != nullptr) return from_flags(config, layers);
  if (text.has("moe_layers"))
    return from_indices(config, "moe_layers", text.counts("moe_layers", {0, kLayers.max}), layers);
  if (const auto list = text.has("moe_layers_enum") ? text.text("moe_layers_enum") : std::nullopt)
    return from_indices(config, "moe_layers_enum", enumerated(config, *list), layers);
  if (text.has("interleave_moe_layer_step")) {
    const int step = text.required({"interleave_moe_layer_step"}, kLayers);
    return where(layers, [&](int i) { return (i + 1) % step == 0; });
  }
  if (text.has("expert_layer_period")) return from_period(config, layers);
  if (text.has("decoder_sparse_step") || text.has("mlp_only_layers")) return from_sparse_step(config, layers);
  if (text.has("moe_layer_start_index")) return from_interval(config, layers);

  const int dense = text.count({"first_k_dense_replace", "num_dense_layers"}, {0, kLayers.max}).value_or(0);
  const int step = text.count({"moe_layer_freq"}, kLayers).value_or(1);
  return where(layers, [&](int i) { return i >= dense && i % step == 0; });
}

}  // namespace roofcast::hf
