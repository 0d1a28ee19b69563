#include "hwmodels/import/hf_config_latent.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"
#include "hwmodels/import/hf_config_readers.hpp"

namespace roofcast::hf {
namespace {

/// The words a `layer_types` list may hold here: one for layers with an indexer, one for those without.
void check_layer_types(const Config& config, int layers) {
  if (!config.text.has("layer_types")) return;
  const auto words = config.text.texts("layer_types");
  if (!one_per_layer(config, "layer_types", words.size(), layers)) return;
  const auto known = [&](const std::string& word) {
    return config.traits.indexer ? word == "deepseek_sparse_attention" || word == "indexed_attention"
                                 : word == "full_attention";
  };
  const auto odd = std::ranges::find_if_not(words, known);
  if (odd != words.end())
    config.error("layer_types",
                 fmt::format("attention kind not understood: '{:.60}' in layer {}", *odd, odd - words.begin()),
                 config.traits.indexer ? "understood here: deepseek_sparse_attention, indexed_attention"
                                       : "understood here: full_attention");
}

/// Which layers choose their own tokens ("full"); the others reuse the choice of an earlier one ("shared").
std::vector<bool> own_indexers(const Config& config, int layers) {
  std::vector<bool> own(static_cast<std::size_t>(layers), true);
  if (!config.text.has("indexer_types")) {
    for (const auto* key : {"index_topk_pattern", "index_topk_freq"})
      if (config.text.has(key) && config.text.count({key}).value_or(0) != 1)
        config.error(key, "which layers share an indexer is not understood without indexer_types");
    return own;
  }
  const auto words = config.text.texts("indexer_types");
  if (!one_per_layer(config, "indexer_types", words.size(), layers)) return own;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool shared = words[i] == "shared";
    if ((!shared && words[i] != "full") || (shared && i == 0)) {
      config.error("indexer_types", fmt::format("attention kind not understood: '{:.60}' in layer {}", words[i], i),
                   "understood: full, and shared after a full one");
      break;
    }
    own[i] = !shared;
  }
  return own;
}

struct Indexer {
  int heads = 0;
  int dim = 0;
  int top_k = 0;
};

Indexer indexer(const Config& config) {
  const auto& text = config.text;
  if (!config.traits.indexer) {
    for (const auto* key : {"index_n_heads", "index_topk"})
      if (text.has(key)) config.error(key, "attention kind not understood: an indexer in a family without one");
    return {};
  }
  return {.heads = text.required({"index_n_heads"}, kHeads),
          .dim = text.required({"index_head_dim"}, kHeadDim),
          .top_k = text.required({"index_topk"}, kTokens)};
}

}  // namespace

Latent latent_attention(const Config& config) {
  const auto& text = config.text;
  if (text.flag("attention_bias", false)) config.leave_out("biases of the latent projections");
  return {.q_heads = query_heads(config),
          .q_rank = text.count({"q_lora_rank"}, {0, kHidden.max}).value_or(0),
          .kv_rank = text.required({"kv_lora_rank"}, kHidden),
          .rope_dim = text.required({"qk_rope_head_dim"}, {0, kHeadDim.max}),
          .nope_dim = text.required({"qk_nope_head_dim"}, kHeadDim),
          .v_dim = text.required({"v_head_dim"}, kHeadDim)};
}

void read_latent(const Config& config, Draft& draft) {
  const int layers = layer_count(config);
  check_layer_types(config, layers);
  const auto index = indexer(config);
  const auto own = own_indexers(config, layers);
  const auto ffn = feed_forward(config, draft, layers);
  const auto attention = latent_attention(config);
  for (std::size_t i = 0; i < own.size(); ++i) {
    Latent latent = attention;
    latent.index_top_k = index.top_k;
    if (own[i]) {
      latent.index_heads = index.heads;
      latent.index_dim = index.dim;
    }
    draft.layers.push_back({latent, ffn.at(i), layer_norms(config, draft)});
  }
}

void read_longcat(const Config& config, Draft& draft) {
  // Every decoder layer runs two attention sublayers, each with its own cache and dense MLP; the experts
  // run beside both.
  const int layers = layer_count(config);
  const auto attention = latent_attention(config);
  const auto dense = dense_ffn(config, inner_width(config, draft));
  auto moe = mixture_of_experts(config, draft);
  if (!moe) return config.error("n_routed_experts", "missing");
  moe->dense_intermediate = dense.intermediate;
  const int idle = config.text.count({"zero_expert_num"}, {0, 100'000}).value_or(0);
  if (idle > 0) {
    moe->extra_params = static_cast<int>(std::min(1e9, static_cast<double>(idle) * draft.hidden));
    config.note(
        fmt::format("{} of the router's choices are experts without weights: active parameters are an upper "
                    "bound",
                    idle));
  }
  const double norms = layer_norms(config, draft);
  for (int i = 0; i < layers; ++i) {
    draft.layers.push_back({attention, *moe, norms});
    draft.layers.push_back({attention, dense, norms});
  }
}

}  // namespace roofcast::hf
