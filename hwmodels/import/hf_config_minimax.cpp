#include "hwmodels/import/hf_config_readers.hpp"

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"
#include "hwmodels/import/hf_config_recurrent.hpp"

namespace roofcast::hf {
namespace {

/// "per_layer": one norm over all heads; "per_head": one of head_dim.
void set_query_norm(const Config& config, const std::string& fallback, GroupedQuery& attention) {
  const bool norm = config.text.flag("use_qk_norm", true);
  const auto kind = config.text.text("qk_norm_type").value_or(fallback);
  if (kind != "per_layer" && kind != "per_head")
    config.error("qk_norm_type", fmt::format("'{:.60}' is not understood", kind), "understood: per_layer, per_head");
  attention.full_norm = norm && kind == "per_layer";
  attention.head_norm = norm && kind == "per_head";
}

/// Softmax (1) or lightning (0) per layer, under either of its names.
std::vector<int> softmax_layers(const Config& config, int layers) {
  const auto& text = config.text;
  if (text.has("attn_type_list")) {
    auto kinds = text.counts("attn_type_list", {0, 1});
    if (!one_per_layer(config, "attn_type_list", kinds.size(), layers)) kinds.clear();
    return kinds;
  }
  std::vector<int> kinds;
  const auto words = text.texts("layer_types");
  if (!one_per_layer(config, "layer_types", words.size(), layers)) return {};
  for (const auto& word : words) {
    if (word != "full_attention" && word != "linear_attention") {
      config.error("layer_types",
                   fmt::format("attention kind not understood: '{:.60}' in layer {}", word, kinds.size()),
                   "understood here: full_attention, linear_attention");
      return {};
    }
    kinds.push_back(word == "full_attention" ? 1 : 0);
  }
  return kinds;
}

}  // namespace

void read_minimax_m2(const Config& config, Draft& draft) {
  for (const int kind : config.text.counts("attn_type_list", {0, 1})) {
    if (kind == 1) continue;
    config.error("attn_type_list", "attention kind not understood: 0 in a model whose layers are all softmax");
    break;
  }
  const int layers = layer_count(config);
  auto attention = grouped_query(config, draft);
  set_query_norm(config, "per_layer", attention);
  append_layers(config, attention, attention_reaches(config, draft, layers), feed_forward(config, draft, layers),
                draft);
}

void read_minimax_m3(const Config& config, Draft& draft) {
  const int layers = layer_count(config);
  auto attention = grouped_query(config, draft);
  set_query_norm(config, "per_head", attention);
  attention.output_gate = config.text.flag("attention_output_gate", false);
  const auto ffn = feed_forward(config, draft, layers);

  const auto sparse = config.text.object("sparse_attention_config");
  std::vector<int> on(static_cast<std::size_t>(layers), 0);
  BlockSparse blocks{.q_heads = attention.q_heads,
                     .kv_heads = attention.kv_heads,
                     .head_dim = attention.head_dim,
                     .head_norm = attention.head_norm};
  if (sparse.exists() && sparse.flag("use_sparse_attention", true)) {
    on = sparse.counts("sparse_attention_freq", {0, 1});
    if (on.size() != static_cast<std::size_t>(layers))
      return sparse.error("sparse_attention_freq", fmt::format("{} entries for {} layers", on.size(), layers));
    blocks.index_heads = sparse.required({"sparse_num_index_heads"}, kHeads);
    blocks.index_dim = sparse.required({"sparse_index_dim"}, kHeadDim);
    blocks.top_blocks = sparse.required({"sparse_topk_blocks"});
    blocks.block_tokens = sparse.required({"sparse_block_size"});
    // An index value would be a second cached vector per token.
    const auto key_only = sparse.counts("sparse_disable_index_value", {0, 1});
    for (std::size_t i = 0; i < on.size(); ++i)
      if (on[i] == 1 && (key_only.size() != on.size() || key_only[i] == 0))
        return sparse.error("sparse_disable_index_value",
                            fmt::format("layer {} keeps an index value: not supported", i));
  }
  for (std::size_t i = 0; i < on.size(); ++i)
    draft.layers.push_back(
        {on[i] == 1 ? Attention{blocks} : Attention{attention}, ffn.at(i), layer_norms(config, draft)});
}

void read_minimax_text(const Config& config, Draft& draft) {
  const int layers = layer_count(config);
  const auto kinds = softmax_layers(config, layers);
  const auto softmax = grouped_query(config, draft);
  const auto ffn = feed_forward(config, draft, layers);
  const Lightning lightning{.heads = softmax.q_heads, .head_dim = softmax.head_dim, .fp32_state = fp32_state(config)};
  for (std::size_t i = 0; i < kinds.size(); ++i)
    draft.layers.push_back(
        {kinds[i] == 1 ? Attention{softmax} : Attention{lightning}, ffn.at(i), layer_norms(config, draft)});
}

}  // namespace roofcast::hf
