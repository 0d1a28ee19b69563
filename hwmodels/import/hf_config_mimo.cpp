/// MiMo-V2: full and sliding layers have different heads.

#include "hwmodels/import/hf_config_readers.hpp"

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"

namespace roofcast::hf {

void read_mimo_v2(const Config& config, Draft& draft) {
  const auto& text = config.text;
  const int layers = layer_count(config);
  const auto pattern = text.counts("hybrid_layer_pattern", {0, 1});  // 1: sliding
  if (!one_per_layer(config, "hybrid_layer_pattern", pattern.size(), layers)) return;

  auto full = grouped_query(config, draft);
  full.v_head_dim = text.count({"v_head_dim"}, kHeadDim).value_or(full.head_dim);
  full.sinks = text.flag("add_full_attention_sink_bias", false);

  auto sliding = full;
  sliding.q_heads = text.count({"swa_num_attention_heads"}, kHeads).value_or(full.q_heads);
  sliding.kv_heads = text.required({"swa_num_key_value_heads"}, kHeads);
  sliding.head_dim = text.count({"swa_head_dim"}, kHeadDim).value_or(full.head_dim);
  sliding.v_head_dim = text.count({"swa_v_head_dim"}, kHeadDim).value_or(full.v_head_dim);
  sliding.window = window_tokens(config);
  sliding.sinks = text.flag("add_swa_attention_sink_bias", false);
  if (sliding.q_heads % sliding.kv_heads != 0)
    config.contradiction("swa_num_key_value_heads", fmt::format("{} query heads cannot share {} KV heads evenly",
                                                                sliding.q_heads, sliding.kv_heads));
  if (text.has("attention_chunk_size")) config.note("attention_chunk_size is stated but not used by this family");

  const auto ffn = feed_forward(config, draft, layers);
  for (std::size_t i = 0; i < pattern.size(); ++i)
    draft.layers.push_back({pattern[i] == 1 ? sliding : full, ffn.at(i), layer_norms(config, draft)});
}

}  // namespace roofcast::hf
