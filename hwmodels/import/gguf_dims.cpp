#include "hwmodels/import/gguf_dims.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

namespace roofcast {
namespace {

constexpr int kMaxLayers = 1024;

/// Blocks of the file, layers first, multi-token prediction last.
int blocks(const GgufDims& d) {
  return d.layers + d.mtp_layers;
}

std::vector<int> per_layer(GgufKeys& keys, std::string_view key, const GgufDims& d, int fallback) {
  auto values = keys.per_layer(key, blocks(d), fallback);
  values.resize(static_cast<std::size_t>(d.layers));
  return values;
}

void read_layers(GgufKeys& keys, GgufDims& d) {
  const int all = keys.integer("block_count");
  d.mtp_layers = keys.integer_or("nextn_predict_layers", 0);
  if (all > kMaxLayers) {
    keys.add("block_count", fmt::format("{}, at most {} are read", all, kMaxLayers));
    d.mtp_layers = 0;
    return;
  }
  if (d.mtp_layers >= all) {
    keys.add("nextn_predict_layers", fmt::format("{}, expected less than block_count ({})", d.mtp_layers, all));
    d.mtp_layers = 0;
  }
  d.layers = all - d.mtp_layers;
}

/// "key_length", else embedding_length / head_count, which must come out even.
int head_length(GgufKeys& keys, std::string_view key, const GgufDims& d) {
  if (keys.has(key)) return keys.integer(key);
  const auto first = std::ranges::find_if(d.heads, [](int n) { return n > 0; });
  if (first == d.heads.end()) return 0;
  if (d.hidden % *first != 0)
    keys.add(key, fmt::format("missing, and embedding_length {} is no multiple of head_count {}", d.hidden, *first));
  return d.hidden / *first;
}

void read_heads(GgufKeys& keys, GgufDims& d) {
  d.heads = per_layer(keys, "attention.head_count", d, 0);
  d.kv_heads = d.heads;
  if (keys.has("attention.head_count_kv")) d.kv_heads = per_layer(keys, "attention.head_count_kv", d, 0);
  d.key_length = head_length(keys, "attention.key_length", d);
  d.value_length = head_length(keys, "attention.value_length", d);
  // Which earlier layer's cache they read is not in the file.
  if (const int shared = keys.integer_or("attention.shared_kv_layers", 0); shared > 0)
    keys.add("attention.shared_kv_layers", fmt::format("{}: layers that share a cache are not supported", shared));
  d.key_length_swa = keys.integer_or("attention.key_length_swa", d.key_length, 1);
  d.value_length_swa = keys.integer_or("attention.value_length_swa", d.value_length, 1);
}

void read_windows(GgufKeys& keys, const GgufArchitecture& a, GgufDims& d) {
  constexpr std::string_view kPattern = "attention.sliding_window_pattern";
  d.window.assign(static_cast<std::size_t>(d.layers), 0);
  if (a.window_rule == WindowRule::ignored) return;
  const bool stated = keys.has("attention.sliding_window");
  const int window = a.window_required ? keys.integer("attention.sliding_window")
                                       : keys.integer_or("attention.sliding_window", a.default_window);
  // A chunk is fixed by the architecture; a window as long as the context never binds.
  const int length = a.chunked && window > 0 ? a.default_window : window;
  if (length == 0 || (d.context > 0 && length >= d.context)) return;

  if (keys.is_list(kPattern)) {
    const auto windowed = per_layer(keys, kPattern, d, 0);
    std::ranges::transform(windowed, d.window.begin(), [&](int yes) { return yes != 0 ? length : 0; });
    return;
  }
  const int period = keys.integer_or(kPattern, a.period);
  if (a.window_rule == WindowRule::every_layer || (period == 0 && keys.has(kPattern))) {
    std::ranges::fill(d.window, length);
  } else if (period > 0) {
    for (int i = 0; i < d.layers; ++i) d.window[static_cast<std::size_t>(i)] = i % period < period - 1 ? length : 0;
  } else if (stated) {
    keys.add("attention.sliding_window",
             fmt::format("{}, but the file does not say which layers of a '{}' model it applies to", window, a.name));
  }
}

void read_latent(GgufKeys& keys, GgufDims& d) {
  d.kv_rank = keys.integer("attention.kv_lora_rank");
  d.rope_dim = keys.integer("rope.dimension_count");
  d.key_length_mla = keys.integer_or("attention.key_length_mla", 0);
  d.value_length_mla = keys.integer_or("attention.value_length_mla", 0);
  if (!keys.has("attention.indexer.head_count")) return;
  d.index_heads = keys.integer("attention.indexer.head_count");
  d.index_dim = keys.integer("attention.indexer.key_length");
  d.index_top_k = keys.integer("attention.indexer.top_k");
}

/// Gated-delta models keep attention in every fourth layer unless the file says otherwise; the others
/// mark their recurrent layers with a head_count_kv of 0.
void read_recurrent_layers(GgufKeys& keys, Recurrence recurrence, GgufDims& d) {
  d.recurrent.assign(static_cast<std::size_t>(d.layers), 0);
  if (recurrence != Recurrence::gated_delta) {
    std::ranges::transform(d.kv_heads, d.recurrent.begin(), [](int n) { return n == 0 ? 1 : 0; });
  } else if (keys.has("attention.recurrent_layers")) {
    d.recurrent = per_layer(keys, "attention.recurrent_layers", d, 0);
  } else {
    const int interval = keys.integer_or("full_attention_interval", 4, 1);
    for (int i = 0; i < d.layers; ++i) d.recurrent[static_cast<std::size_t>(i)] = (i + 1) % interval != 0 ? 1 : 0;
  }
}

void read_recurrence(GgufKeys& keys, Recurrence recurrence, GgufDims& d) {
  read_recurrent_layers(keys, recurrence, d);
  if (recurrence == Recurrence::none) return;
  if (recurrence == Recurrence::short_conv) {
    d.conv = keys.integer("shortconv.l_cache");
    return;
  }
  d.conv = keys.integer("ssm.conv_kernel");
  d.inner = keys.integer("ssm.inner_size");
  d.state = keys.integer("ssm.state_size");
  d.time_step_rank = keys.integer("ssm.time_step_rank");
  if (recurrence == Recurrence::mamba1) return;
  d.groups = keys.integer("ssm.group_count");
  if (d.inner % d.time_step_rank != 0)
    keys.add("ssm.inner_size",
             fmt::format("{}, expected a multiple of ssm.time_step_rank {}", d.inner, d.time_step_rank));
}

}  // namespace

GgufDims read_gguf_dims(GgufKeys& keys, const GgufArchitecture& a) {
  GgufDims d;
  read_layers(keys, d);
  if (d.layers == 0) return d;
  d.hidden = keys.integer("embedding_length");
  d.context = keys.integer_or("context_length", 0);
  read_heads(keys, d);
  read_windows(keys, a, d);
  if (a.latent) read_latent(keys, d);
  read_recurrence(keys, a.recurrence, d);
  d.feed_forward = per_layer(keys, "feed_forward_length", d, 0);
  d.experts = keys.integer_or("expert_count", 0);
  d.experts_used = per_layer(keys, "expert_used_count", d, 0);
  return d;
}

}  // namespace roofcast
