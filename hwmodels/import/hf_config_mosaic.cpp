/// The MosaicML models: MPT and DBRX keep attention and experts in nested objects.

#include "hwmodels/import/hf_config_readers.hpp"

#include <string>

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"

namespace roofcast::hf {
namespace {

/// MPT names its attention kind and may add `kv_n_heads`.
int mpt_kv_heads(const ConfigObject& attention, int heads) {
  const auto kind = attention.text("attn_type").value_or("multihead_attention");
  if (kind == "multiquery_attention") return 1;
  if (kind != "multihead_attention" && kind != "grouped_query_attention")
    attention.error("attn_type", fmt::format("attention kind not understood: '{:.60}'", kind),
                    "understood: multihead_attention, multiquery_attention, grouped_query_attention");
  return attention.count({"kv_n_heads"}, kHeads).value_or(heads);
}

void refuse_norms(const ConfigObject& attention) {
  for (const auto* key : {"qk_ln", "qk_gn"})
    if (attention.flag(key, false)) attention.error(key, "query and key norms of MPT are not supported");
}

}  // namespace

void read_mpt(const Config& config, Draft& draft) {
  const auto nested = config.text.object("attn_config");
  const int layers = layer_count(config), heads = query_heads(config);
  const int expansion = config.text.count({"expansion_ratio"}, {1, 64}).value_or(4);
  refuse_norms(nested);

  const bool bias = !config.text.flag("no_bias", true);
  auto attention = grouped_query(config, draft, mpt_kv_heads(nested, heads));
  attention.qkv_bias = attention.output_bias = bias;
  auto ffn = dense_ffn(config, expansion * draft.hidden);
  ffn.bias = bias;
  const double norm = norm_params(bias ? Norm::layer : Norm::layer_weight, draft.hidden);
  for (int i = 0; i < layers; ++i) draft.layers.push_back({attention, ffn, 2 * norm});
  draft.final_small_params = norm;
  // Positions are learned unless ALiBi or rotary positions replace them.
  if (!nested.flag("alibi", true) && !nested.flag("rope", false))
    draft.embedding_small_params = static_cast<double>(draft.max_context) * draft.hidden;
}

void read_dbrx(const Config& config, Draft& draft) {
  const auto nested = config.text.object("attn_config"), experts = config.text.object("ffn_config");
  if (!experts.exists())
    config.error("ffn_config", "missing: an object with ffn_hidden_size, moe_num_experts, moe_top_k");
  const auto kv = nested.count({"kv_n_heads"}, kHeads);
  if (!kv) config.note("attn_config.kv_n_heads not stated: 1, the default of DBRX");

  const auto attention = grouped_query(config, draft, kv.value_or(1));
  const MixtureOfExperts moe{.experts = experts.required({"moe_num_experts"}, {1, 100'000}),
                             .top_k = experts.required({"moe_top_k"}, {1, 100'000}),
                             .intermediate = experts.required({"ffn_hidden_size"})};
  if (moe.top_k > moe.experts)
    experts.error("moe_top_k", fmt::format("{} experts per token of only {}", moe.top_k, moe.experts));
  const int layers = layer_count(config);
  for (int i = 0; i < layers; ++i) draft.layers.push_back({attention, moe, layer_norms(config, draft)});
}

}  // namespace roofcast::hf
