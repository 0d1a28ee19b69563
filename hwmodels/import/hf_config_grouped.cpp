#include "hwmodels/import/hf_config_grouped.hpp"

#include <string_view>

#include <fmt/format.h>

#include "hwmodels/import/hf_config_readers.hpp"

namespace roofcast::hf {

int query_heads(const Config& config) {
  return config.text.required({"num_attention_heads", "n_head", "n_heads"}, kHeads);
}

int kv_heads(const Config& config, int query_heads) {
  const auto stated = config.text.count(
      {"n_head_kv", "num_kv_heads", "num_key_value_heads", "multi_query_group_num", "num_attention_groups"}, kHeads);
  if (!stated) config.note("KV heads not stated: as many as query heads");
  return stated.value_or(query_heads);
}

int head_dim(const Config& config, const Draft& draft, int query_heads) {
  for (const std::string_view key : {"head_dim", "hidden_size_per_head", "kv_channels", "attention_head_dim"})
    if (const auto width = config.text.count({key}, {0, kHeadDim.max}); width.value_or(0) > 0) return *width;
  if (draft.hidden % query_heads != 0)
    config.contradiction(
        "head_dim", fmt::format("missing, and hidden_size {} is no multiple of {} heads", draft.hidden, query_heads));
  return std::max(1, draft.hidden / query_heads);
}

GroupedQuery grouped_query(const Config& config, const Draft& draft) {
  return grouped_query(config, draft, kv_heads(config, query_heads(config)));
}

GroupedQuery grouped_query(const Config& config, const Draft& draft, int kv_heads) {
  const auto& traits = config.traits;
  const int heads = query_heads(config);
  if (kv_heads > heads || heads % kv_heads != 0)
    config.contradiction("num_key_value_heads",
                         fmt::format("{} query heads cannot share {} KV heads evenly", heads, kv_heads));

  const bool bias = config.text.flag(traits.attention_bias.key, traits.attention_bias.fallback);
  const bool norm = config.text.flag(traits.use_query_norm.key, traits.use_query_norm.fallback);
  return {.q_heads = heads,
          .kv_heads = kv_heads,
          .head_dim = head_dim(config, draft, heads),
          .qkv_bias = bias,
          .output_bias = bias && traits.output_bias,
          .head_norm = norm && traits.query_norm == QueryNorm::head,
          .full_norm = norm && traits.query_norm == QueryNorm::full,
          .sinks = traits.sinks};
}

void append_layers(const Config& config, const GroupedQuery& attention, const Reaches& reaches, const FeedForward& ffn,
                   Draft& draft) {
  for (std::size_t i = 0; i < reaches.layers.size(); ++i)
    draft.layers.push_back({reaching(attention, reaches, i), ffn.at(i), layer_norms(config, draft)});
}

namespace {

/// Keys that change what a layer caches. A family of plain softmax layers that states one of them is not
/// what its name says.
void refuse_foreign_caches(const Config& config) {
  for (const auto* key : {"kv_lora_rank", "index_topk", "compress_ratios", "linear_attn_config", "block_configs",
                          "hybrid_override_pattern", "layers_block_type", "attn_type_list", "sparse_attention_config",
                          "cross_attention_layers", "cla_share_factor", "attn_layer_period"})
    if (config.text.has(key)) config.error(key, "attention kind not understood: this key is not known for the family");
  if (config.text.count({"num_kv_shared_layers"}, {0, kLayers.max}).value_or(0) > 0)
    config.error("num_kv_shared_layers", "attention kind not understood: layers that share a cache");
}

}  // namespace

void read_grouped(const Config& config, Draft& draft) {
  refuse_foreign_caches(config);
  const int layers = layer_count(config);
  append_layers(config, grouped_query(config, draft), attention_reaches(config, draft, layers),
                feed_forward(config, draft, layers), draft);
}

}  // namespace roofcast::hf
