#include "hwmodels/import/hf_config_readers.hpp"

#include "hwmodels/import/hf_config_grouped.hpp"

namespace roofcast::hf {

void read_step(const Config& config, Draft& draft) {
  const int layers = layer_count(config);
  const auto full = grouped_query(config, draft);
  const auto reaches = attention_reaches(config, draft, layers);
  const auto ffn = feed_forward(config, draft, layers);

  // Sliding layers may have heads of their own.
  auto sliding = full;
  const auto other = config.text.object("attention_other_setting");
  if (other.exists()) {
    sliding.q_heads = other.count({"num_attention_heads"}, kHeads).value_or(full.q_heads);
    sliding.kv_heads = other.count({"num_attention_groups", "num_key_value_heads"}, kHeads).value_or(full.kv_heads);
    sliding.head_dim = other.count({"head_dim"}, kHeadDim).value_or(full.head_dim);
    if (sliding.q_heads % sliding.kv_heads != 0)
      other.error("num_attention_groups", "does not divide the query heads of the sliding layers");
  } else {
    config.error("attention_other_setting", "missing: sliding layers have heads of their own, how many is not stated",
                 "published Step configs state it beside the other attention keys");
  }
  for (std::size_t i = 0; i < reaches.layers.size(); ++i)
    draft.layers.push_back({reaching(reaches.layers[i] == Reach::window ? sliding : full, reaches, i), ffn.at(i),
                            layer_norms(config, draft)});
}

}  // namespace roofcast::hf
