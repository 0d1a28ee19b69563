#include "hwmodels/import/hf_config_window.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace roofcast::hf {
namespace {

std::vector<Reach> all_full(int layers) {
  return std::vector<Reach>(static_cast<std::size_t>(layers), Reach::full);
}

/// `inner`, but every `period`-th layer full: 5 sliding, 1 full for period 6.
std::vector<Reach> every_nth_full(int layers, int period, Reach inner) {
  auto reaches = all_full(layers);
  for (int i = 0; i < layers; ++i)
    if ((i + 1) % period != 0) reaches[static_cast<std::size_t>(i)] = inner;
  return reaches;
}

std::vector<Reach> listed(const Config& config, int layers) {
  auto words = config.text.texts("layer_types");
  auto reaches = all_full(layers);
  // Some lists go on over the multi-token-prediction layers.
  const int next = config.text.count({"num_nextn_predict_layers"}, {0, kLayers.max}).value_or(0);
  if (words.size() == static_cast<std::size_t>(layers + next)) words.resize(static_cast<std::size_t>(layers));
  if (!one_per_layer(config, "layer_types", words.size(), layers)) return reaches;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "sliding_attention") {
      reaches[i] = Reach::window;
    } else if (words[i] == "chunked_attention") {
      reaches[i] = Reach::chunk;
    } else if (words[i] != "full_attention") {
      config.error("layer_types", fmt::format("attention kind not understood: '{:.60}' in layer {}", words[i], i),
                   "understood here: full_attention, sliding_attention, chunked_attention");
      break;
    }
  }
  return reaches;
}

std::vector<Reach> qwen(const Config& config, int layers) {
  auto reaches = all_full(layers);
  if (!config.text.flag("use_sliding_window", false)) return reaches;
  if (!config.text.states_null("sliding_window")) {
    const int first = config.text.required({"max_window_layers"}, {0, kLayers.max});
    for (int i = std::min(first, layers); i < layers; ++i) reaches[static_cast<std::size_t>(i)] = Reach::window;
  }
  return reaches;
}

/// EXAONE-4 spells its period as "LLLG" (local, local, local, global); the last layer is always global.
std::vector<Reach> spelled(const Config& config, const std::string& pattern, int layers) {
  auto reaches = all_full(layers);
  if (pattern.empty() || pattern.find_first_not_of("LG") != std::string::npos) {
    config.error("sliding_window_pattern", fmt::format("attention kind not understood: '{:.60}'", pattern),
                 "expected letters L (local) and G (global)");
    return reaches;
  }
  for (std::size_t i = 0; i + 1 < reaches.size(); ++i)
    if (pattern[i % pattern.size()] == 'L') reaches[i] = Reach::window;
  return reaches;
}

std::vector<Reach> periodic(const Config& config, int layers) {
  constexpr auto kPattern = "sliding_window_pattern";
  if (config.text.states_null("sliding_window")) return all_full(layers);
  const auto* pattern = config.text.value(kPattern);
  if (pattern != nullptr && pattern->as<std::string>() != nullptr)
    return spelled(config, *pattern->as<std::string>(), layers);
  const int period = config.text.count({kPattern}, kLayers).value_or(config.traits.window_period);
  return every_nth_full(layers, period, Reach::window);
}

/// Llama-4: layers without rotary positions see everything, the others a chunk.
std::vector<Reach> chunked(const Config& config, int layers) {
  if (config.text.states_null("attention_chunk_size")) return all_full(layers);
  const auto rotary = config.text.counts("no_rope_layers", {0, 1});
  if (rotary.empty()) {
    const int period = config.text.count({"no_rope_layer_interval"}, kLayers).value_or(config.traits.window_period);
    return every_nth_full(layers, period, Reach::chunk);
  }
  auto reaches = all_full(layers);
  if (!one_per_layer(config, "no_rope_layers", rotary.size(), layers)) return reaches;
  for (std::size_t i = 0; i < rotary.size(); ++i)
    if (rotary[i] == 1) reaches[i] = Reach::chunk;
  return reaches;
}

std::vector<Reach> by_rule(const Config& config, int layers) {
  switch (config.traits.window) {
    case WindowRule::every_layer:
      if (config.text.has("sliding_window")) return std::vector(static_cast<std::size_t>(layers), Reach::window);
      break;
    case WindowRule::qwen:
      return qwen(config, layers);
    case WindowRule::periodic:
      return periodic(config, layers);
    case WindowRule::chunks:
      return chunked(config, layers);
    case WindowRule::ignored:
      if (config.text.has("sliding_window"))
        config.note("sliding_window is stated, but this architecture's code does not use it: read as full attention");
      break;
  }
  return all_full(layers);
}

bool has_reach(const Reaches& reaches, Reach reach) {
  return std::ranges::find(reaches.layers, reach) != reaches.layers.end();
}

/// Windows that reach over the whole declared context are full attention.
void drop_idle_windows(const Config& config, const Draft& draft, Reach reach, int tokens, Reaches& reaches) {
  if (draft.max_context == 0 || tokens < draft.max_context) return;
  config.note(
      fmt::format("a window of {} tokens never binds within the declared context of {}: read as full "
                  "attention",
                  tokens, draft.max_context));
  std::ranges::replace(reaches.layers, reach, Reach::full);
}

}  // namespace

int window_tokens(const Config& config) {
  return config.text.required({"sliding_window", "sliding_window_size"}, kTokens);
}

Reaches attention_reaches(const Config& config, const Draft& draft, int layers) {
  Reaches reaches;
  reaches.layers = config.text.has("layer_types") ? listed(config, layers) : by_rule(config, layers);
  if (has_reach(reaches, Reach::window)) {
    if (config.traits.window == WindowRule::qwen && !config.text.flag("use_sliding_window", false))
      config.error("layer_types", "sliding_attention layers although use_sliding_window is not true");
    reaches.window = window_tokens(config);
    drop_idle_windows(config, draft, Reach::window, reaches.window, reaches);
  }
  if (has_reach(reaches, Reach::chunk)) {
    reaches.chunk = config.text.required({"attention_chunk_size"}, kTokens);
    drop_idle_windows(config, draft, Reach::chunk, reaches.chunk, reaches);
  }
  return reaches;
}

GroupedQuery reaching(GroupedQuery attention, const Reaches& reaches, std::size_t layer) {
  const Reach reach = reaches.layers[layer];
  attention.chunked = reach == Reach::chunk;
  attention.window = reach == Reach::full ? 0 : reach == Reach::chunk ? reaches.chunk : reaches.window;
  return attention;
}

}  // namespace roofcast::hf
