#include <fmt/format.h>

#include "hwmodels/import/gguf_layer.hpp"

namespace roofcast {
namespace {

std::uint64_t product(int a, int b) {
  return static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b);
}

struct HeadShape {
  int heads = 0, kv_heads = 0, key = 0, value = 0;

  [[nodiscard]] std::uint64_t queries() const { return product(heads, key); }
  [[nodiscard]] std::uint64_t keys() const { return product(kv_heads, key); }
  [[nodiscard]] std::uint64_t values() const { return product(kv_heads, value); }
};

bool v_is_k(const GgufLayer& layer) {
  return layer.architecture.v_may_be_k && !layer.block.has("attn_qkv.weight") && !layer.block.has("attn_v.weight");
}

/// Projections of a fused or a split QKV have exactly the rows that the metadata's heads make: what is
/// cached follows from them.
bool check_projections(const GgufLayer& layer, const HeadShape& s) {
  const auto hidden = static_cast<std::uint64_t>(layer.dims.hidden);
  const auto because = fmt::format("head_count {}, head_count_kv {}, key_length {}, value_length {}", s.heads,
                                   s.kv_heads, s.key, s.value);
  bool gated = false;
  if (layer.block.has("attn_qkv.weight")) {
    layer.expect("attn_qkv.weight", hidden, s.queries() + s.keys() + s.values(), because);
  } else {
    const auto* q = layer.block.find("attn_q.weight");
    gated = q != nullptr && q->elements == hidden * 2 * s.queries();
    layer.expect("attn_q.weight", hidden, (gated ? 2 : 1) * s.queries(), because);
    layer.expect("attn_k.weight", hidden, s.keys(), because);
    if (!v_is_k(layer)) layer.expect("attn_v.weight", hidden, s.values(), because);
  }
  layer.expect("attn_output.weight", product(s.heads, s.value), hidden, because);
  return gated;
}

GroupedQuery grouped_query(const GgufLayer& layer) {
  const auto& d = layer.dims;
  const auto& block = layer.block;
  const int window = d.window[layer.index()];
  const HeadShape s{.heads = d.heads[layer.index()],
                    .kv_heads = d.kv_heads[layer.index()],
                    .key = window > 0 ? d.key_length_swa : d.key_length,
                    .value = window > 0 ? d.value_length_swa : d.value_length};
  if (s.heads == 0 || s.kv_heads == 0 || s.heads % s.kv_heads != 0) {
    layer.add("attn_output.weight",
              fmt::format("is there, but head_count {} and head_count_kv {} make no attention", s.heads, s.kv_heads));
    return {};
  }
  const bool gated = check_projections(layer, s);
  const auto* norm = block.find("attn_q_norm.weight");
  const bool head_norm = norm != nullptr && norm->elements == static_cast<std::uint64_t>(s.key);
  return {.q_heads = s.heads,
          .kv_heads = s.kv_heads,
          .head_dim = s.key,
          .v_head_dim = s.value == s.key ? 0 : s.value,
          .window = window,
          .chunked = window > 0 && layer.architecture.chunked,
          .v_equals_k = v_is_k(layer),
          .output_gate = gated,
          .qkv_bias = block.has("attn_qkv.bias") || block.has("attn_q.bias"),
          .output_bias = block.has("attn_output.bias"),
          .head_norm = head_norm,
          .full_norm = norm != nullptr && !head_norm,
          .sinks = block.has("attn_sinks.weight")};
}

/// Converted files call the latent one KV head of kv_lora_rank + rope; older ones describe the heads
/// that come out of it.
void check_latent_keys(const GgufLayer& layer, int nope_and_rope, int v_dim) {
  const auto& d = layer.dims;
  const int kv = d.kv_heads[layer.index()], heads = d.heads[layer.index()];
  const bool as_latent = kv == 1 && d.key_length == d.kv_rank + d.rope_dim && d.value_length == d.kv_rank;
  const bool as_heads = kv == heads && d.key_length == nope_and_rope && d.value_length == v_dim;
  if (as_latent || as_heads) return;
  layer.add(
      "attn_kv_a_mqa.weight",
      fmt::format("head_count_kv {}, key_length {}, value_length {} describe neither its latent (1, {}, {}) nor "
                  "its heads ({}, {}, {})",
                  kv, d.key_length, d.value_length, d.kv_rank + d.rope_dim, d.kv_rank, heads, nope_and_rope, v_dim));
}

Latent latent(const GgufLayer& layer) {
  const auto& d = layer.dims;
  const auto& block = layer.block;
  const int heads = d.heads[layer.index()];
  const int key = d.key_length_mla > 0 ? d.key_length_mla : d.key_length;
  const int v_dim = d.value_length_mla > 0 ? d.value_length_mla : d.value_length;
  if (heads == 0 || key <= d.rope_dim) {
    layer.add("attn_kv_a_mqa.weight", fmt::format("is there, but head_count {}, key_length {} and rope dimensions {} "
                                                  "make no latent attention",
                                                  heads, key, d.rope_dim));
    return {};
  }
  check_latent_keys(layer, key, v_dim);
  const auto hidden = static_cast<std::uint64_t>(d.hidden), rank = static_cast<std::uint64_t>(d.kv_rank);
  layer.expect("attn_kv_a_mqa.weight", hidden, rank + static_cast<std::uint64_t>(d.rope_dim),
               "kv_lora_rank and rope.dimension_count");
  layer.expect("attn_output.weight", product(heads, v_dim), hidden, "head_count and value_length_mla");

  const bool indexer = block.has("indexer.attn_k.weight");
  if (indexer)
    layer.expect("indexer.attn_k.weight", hidden, static_cast<std::uint64_t>(d.index_dim), "indexer.key_length");
  return {.q_heads = heads,
          .q_rank = block.has("attn_q_a.weight") ? layer.dim("attn_q_a.weight", 1) : 0,
          .kv_rank = d.kv_rank,
          .rope_dim = d.rope_dim,
          .nope_dim = key - d.rope_dim,
          .v_dim = v_dim,
          .index_heads = indexer ? d.index_heads : 0,
          .index_dim = indexer ? d.index_dim : 0,
          .index_top_k = d.index_top_k,
          .expanded_cache = d.key_length_mla == 0};  // llama.cpp absorbs kv_b only where the file splits it
}

// llama.cpp keeps recurrent states in fp32.
GatedDelta gated_delta(const GgufDims& d) {
  return {.k_heads = d.groups,
          .k_dim = d.state,
          .v_heads = d.time_step_rank,
          .v_dim = d.inner / d.time_step_rank,
          .conv = d.conv,
          .fp32_state = true};
}

Mamba1 mamba1(const GgufLayer& layer) {
  const auto& d = layer.dims;
  return {.inner = d.inner,
          .state = d.state,
          .conv = d.conv,
          .dt_rank = d.time_step_rank,
          .inner_norms = layer.block.has("ssm_dt_norm.weight"),
          .fp32_state = true};
}

Mamba2 mamba2(const GgufLayer& layer) {
  const auto& d = layer.dims;
  return {.heads = d.time_step_rank,
          .head_dim = d.inner / d.time_step_rank,
          .groups = d.groups,
          .state = d.state,
          .conv = d.conv,
          .conv_bias = layer.block.has("ssm_conv1d.bias"),
          .gated_norm = layer.block.has("ssm_norm.weight"),
          .fp32_state = true};
}

Attention parallel_hybrid(const GgufLayer& layer) {
  const auto a = grouped_query(layer);
  const auto m = mamba2(layer);
  if (a.v_head_dim != 0) layer.add("attn_v.weight", "heads of another length than the keys' are not supported here");
  return ParallelHybrid{.q_heads = a.q_heads,
                        .kv_heads = a.kv_heads,
                        .head_dim = a.head_dim,
                        .ssm_heads = m.heads,
                        .ssm_head_dim = m.head_dim,
                        .groups = m.groups,
                        .state = m.state,
                        .conv = m.conv,
                        .gated_norm = m.gated_norm,
                        .fp32_state = m.fp32_state};
}

Attention recurrent(const GgufLayer& layer) {
  if (layer.block.has("shortconv.conv.weight")) return ShortConv{.conv = layer.dims.conv};
  switch (layer.architecture.recurrence) {
    case Recurrence::gated_delta:
      return gated_delta(layer.dims);
    case Recurrence::mamba1:
      return mamba1(layer);
    default:
      return mamba2(layer);
  }
}

/// The tensor that tells a layer's recurrence; empty where the architecture has none.
std::string_view recurrent_tensor(Recurrence recurrence) {
  if (recurrence == Recurrence::none) return {};
  return recurrence == Recurrence::short_conv ? "shortconv.conv.weight" : "ssm_conv1d.weight";
}

}  // namespace

Attention gguf_mixer(const GgufLayer& layer) {
  const auto& block = layer.block;
  const auto sign = recurrent_tensor(layer.architecture.recurrence);
  if (!sign.empty() && block.has(sign)) {
    if (layer.architecture.parallel) return parallel_hybrid(layer);
    if (layer.dims.recurrent[layer.index()] != 0) return recurrent(layer);
    layer.add(sign, "is there, but the metadata make this an attention layer");
  } else if (!sign.empty() && layer.dims.recurrent[layer.index()] != 0 && block.has("attn_q.weight")) {
    layer.add("attn_q.weight", "is there, but the metadata make this a recurrent layer");
  } else if (block.has("attn_kv_a_mqa.weight") && layer.architecture.latent) {
    return latent(layer);
  } else if (block.has("attn_q.weight") || block.has("attn_qkv.weight")) {
    return grouped_query(layer);
  } else if (!layer.architecture.mixer_or_ffn) {
    layer.add(sign.empty() ? "attn_q.weight" : sign, "missing");
  }
  return NoMixer{};
}

}  // namespace roofcast
