#include "hwmodels/import/hf_config_readers.hpp"

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"

namespace roofcast::hf {
namespace {

/// GPTBigCode shares one KV head unless the file says otherwise; the other models of this reader have no
/// such key.
GroupedQuery attention_of(const Config& config, const Draft& draft) {
  return config.traits.multi_query && config.text.flag("multi_query", true) ? grouped_query(config, draft, 1)
                                                                            : grouped_query(config, draft);
}

Reaches everything(int layers) {
  return {.layers = std::vector<Reach>(static_cast<std::size_t>(layers), Reach::full)};
}

}  // namespace

void read_gpt(const Config& config, Draft& draft) {
  const int layers = layer_count(config);
  append_layers(config, attention_of(config, draft), everything(layers), feed_forward(config, draft, layers), draft);

  // OPT's position table has two rows more than positions; OPT-350m projects a narrower embedding.
  const int width = config.text.count({"word_embed_proj_dim"}, kHidden).value_or(draft.hidden);
  if (width != draft.hidden)
    config.error("word_embed_proj_dim",
                 fmt::format("embeddings of width {} in a model of width {} are not supported", width, draft.hidden));
  if (draft.max_context == 0) config.error("max_position_embeddings", "missing: sizes the learned position table");
  draft.embedding_small_params = (draft.max_context + config.traits.extra_positions) * double(draft.hidden);
}

void read_bloom(const Config& config, Draft& draft) {
  read_grouped(config, draft);
  draft.embedding_small_params = norm_params(Norm::layer, draft.hidden);
}

void read_stablelm(const Config& config, Draft& draft) {
  read_grouped(config, draft);
  // With parallel residuals attention and MLP share one norm.
  if (!config.text.flag("use_parallel_residual", false)) return;
  for (auto& layer : draft.layers) layer.small_params = norm_params(config.traits.norm, draft.hidden);
}

void read_seed_oss(const Config& config, Draft& draft) {
  read_grouped(config, draft);
  const bool bias = config.text.flag("attention_out_bias", false);
  for (auto& layer : draft.layers) std::get<GroupedQuery>(layer.attention).output_bias = bias;
}

}  // namespace roofcast::hf
