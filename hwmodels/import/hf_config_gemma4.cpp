#include "hwmodels/import/hf_config_readers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"

namespace roofcast::hf {
namespace {

/// Full layers have their own head width and, where K = V, their own number of KV heads.
GroupedQuery full_attention(const Config& config, const GroupedQuery& sliding) {
  GroupedQuery full = sliding;
  full.window = 0;
  full.v_equals_k = config.text.flag("attention_k_eq_v", false);
  if (full.v_equals_k)
    full.kv_heads = config.text.count({"num_global_key_value_heads"}, kHeads).value_or(full.kv_heads);
  if (full.q_heads % full.kv_heads != 0)
    config.contradiction("num_global_key_value_heads",
                         fmt::format("{} query heads cannot share {} KV heads evenly", full.q_heads, full.kv_heads));
  const auto width = config.text.count({"global_head_dim"}, kHeadDim);
  if (!width) config.note("global_head_dim not stated: 512, the default of Gemma-4");
  full.head_dim = width.value_or(512);
  return full;
}

/// Experts run beside the dense MLP. The router has a scale per channel and one per expert.
std::optional<MixtureOfExperts> experts_beside(const Config& config, const Draft& draft) {
  if (!config.text.flag("enable_moe_block", false)) return std::nullopt;
  auto moe = mixture_of_experts(config, draft);
  if (!moe) {
    config.error("num_experts", "missing although enable_moe_block is true");
    return std::nullopt;
  }
  moe->dense_intermediate = inner_width(config, draft);
  moe->extra_params = draft.hidden + moe->experts;
  return moe;
}

/// Per-layer embeddings (E series): a table that is looked up, a projection, and two small matrices and
/// a norm in every layer. Returns the parameters of one layer.
double per_layer_embeddings(const Config& config, int layers, Draft& draft) {
  const double hidden = draft.hidden;
  const double width = config.text.count({"hidden_size_per_layer_input"}, {0, kHidden.max}).value_or(0);
  if (width == 0) return 0;
  draft.lookup_params = config.text.required({"vocab_size_per_layer_input"}, kVocab) * width * layers;
  draft.embedding_small_params = hidden * width * layers + width;
  return 2 * hidden * width + hidden;
}

}  // namespace

void read_gemma4(const Config& config, Draft& draft) {
  const int layers = layer_count(config);
  auto reaches = attention_reaches(config, draft, layers);
  reaches.layers.back() = Reach::full;  // the model code forces it
  const auto sliding = grouped_query(config, draft);
  const auto full = full_attention(config, sliding);
  const auto moe = experts_beside(config, draft);
  const int width = moe ? moe->dense_intermediate : inner_width(config, draft);
  const int sharing = config.text.count({"num_kv_shared_layers"}, {0, layers - 1}).value_or(0);
  const int widened = config.text.flag("use_double_wide_mlp", false) ? 2 : 1;
  const double extra = per_layer_embeddings(config, layers, draft);

  for (int i = 0; i < layers; ++i) {
    const bool shared = i >= layers - sharing;
    const auto at = static_cast<std::size_t>(i);
    auto attention = reaching(reaches.layers[at] == Reach::full ? full : sliding, reaches, at);
    attention.shared_cache = shared;
    Layer layer{.attention = attention, .small_params = layer_norms(config, draft) + extra};
    if (moe) {
      layer.ffn = *moe;
      layer.small_params += 3 * norm_params(config.traits.norm, draft.hidden);
    } else {
      layer.ffn = dense_ffn(config, shared ? widened * width : width);
    }
    draft.layers.push_back(layer);
  }
}

}  // namespace roofcast::hf
