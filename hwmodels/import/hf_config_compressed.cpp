/// DeepSeek-V4: one shared vector per token, a short window of raw rows, and compressed streams.

#include "hwmodels/import/hf_config_readers.hpp"

#include <string>

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"

namespace roofcast::hf {
namespace {

constexpr int kSparseRatio = 4, kHeavyRatio = 128;

/// Tokens per compressed row of each layer: 0 (window only), 4 (CSA) or 128 (HCA).
std::vector<int> listed_ratios(const Config& config, int layers) {
  auto ratios = config.text.counts("compress_ratios", {0, 1'000'000});
  const int next = config.text.count({"num_nextn_predict_layers"}, {0, kLayers.max}).value_or(0);
  const auto given = static_cast<int>(ratios.size());
  // The list goes on over the multi-token-prediction layers.
  if (given != layers && given != layers + next) {
    config.contradiction("compress_ratios",
                         fmt::format("{} entries for {} layers and {} MTP layers", given, layers, next));
    return {};
  }
  ratios.resize(static_cast<std::size_t>(layers));
  for (const int ratio : ratios) {
    if (ratio == 0 || ratio == kSparseRatio || ratio == kHeavyRatio) continue;
    config.error("compress_ratios", fmt::format("attention kind not understood: a ratio of {}", ratio),
                 "understood: 0, 4, 128");
    return {};
  }
  return ratios;
}

std::vector<int> named_ratios(const Config& config, int layers) {
  const auto words = config.text.texts("layer_types");
  if (!one_per_layer(config, "layer_types", words.size(), layers)) return {};
  std::vector<int> ratios;
  for (const auto& word : words) {
    if (word == "sliding_attention") {
      ratios.push_back(0);
    } else if (word == "compressed_sparse_attention") {
      ratios.push_back(kSparseRatio);
    } else if (word == "heavily_compressed_attention") {
      ratios.push_back(kHeavyRatio);
    } else {
      config.error("layer_types",
                   fmt::format("attention kind not understood: '{:.60}' in layer {}", word, ratios.size()),
                   "understood: sliding_attention, compressed_sparse_attention, heavily_compressed_attention");
      return {};
    }
  }
  return ratios;
}

}  // namespace

void read_compressed(const Config& config, Draft& draft) {
  const auto& text = config.text;
  const int layers = layer_count(config);
  const auto ratios = text.has("compress_ratios") ? listed_ratios(config, layers) : named_ratios(config, layers);
  const CompressedShared window{.q_heads = query_heads(config),
                                .head_dim = text.required({"head_dim"}, kHeadDim),
                                .q_rank = text.required({"q_lora_rank"}, kHidden),
                                .window = window_tokens(config),
                                .output_groups = text.required({"o_groups"}, kHeads),
                                .output_rank = text.required({"o_lora_rank"}, kHidden),
                                .hyper_connections = text.required({"hc_mult"}, {0, 64})};
  if (window.q_heads % window.output_groups != 0)
    config.contradiction("o_groups",
                         fmt::format("{} heads are no multiple of {}", window.q_heads, window.output_groups));
  auto sparse = window, heavy = window;
  sparse.ratio = kSparseRatio;
  heavy.ratio = kHeavyRatio;
  sparse.index_heads = text.required({"index_n_heads"}, kHeads);
  sparse.index_dim = text.required({"index_head_dim"}, kHeadDim);
  sparse.index_top_k = text.required({"index_topk"}, kTokens);

  const auto ffn = feed_forward(config, draft, layers);
  for (std::size_t i = 0; i < ratios.size(); ++i)
    draft.layers.push_back({ratios[i] == 0              ? window
                            : ratios[i] == kSparseRatio ? sparse
                                                        : heavy,
                            ffn.at(i), layer_norms(config, draft)});

  // The hyper-connections of the head: a matrix from all streams, a base and a scale.
  const double hc = window.hyper_connections;
  if (hc > 0) draft.final_small_params += hc * hc * draft.hidden + hc + 1;
}

}  // namespace roofcast::hf
