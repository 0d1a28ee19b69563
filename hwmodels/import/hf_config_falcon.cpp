#include "hwmodels/import/hf_config_readers.hpp"

#include "hwmodels/import/hf_config_grouped.hpp"

namespace roofcast::hf {
namespace {

/// Falcon-40B and 180B state num_kv_heads and ignore multi_query; the older ones are multi-query or
/// multi-head, whatever num_kv_heads says (Falcon-7B carries 71).
int falcon_kv_heads(const Config& config, bool new_decoder, int heads) {
  if (new_decoder) return config.text.count({"num_kv_heads", "n_head_kv"}, kHeads).value_or(heads);
  return config.text.flag("multi_query", true) ? 1 : heads;
}

}  // namespace

void read_falcon(const Config& config, Draft& draft) {
  const bool new_decoder = config.text.flag("new_decoder_architecture", false);
  const bool parallel = config.text.flag("parallel_attn", true);
  const int layers = layer_count(config), heads = query_heads(config);

  // A norm each for attention and MLP, but one where both run in parallel on the same input.
  const int norms = new_decoder ? config.text.count({"num_ln_in_parallel_attn"}, {1, 2}).value_or(2) : parallel ? 1 : 2;
  const auto attention = grouped_query(config, draft, falcon_kv_heads(config, new_decoder, heads));
  const auto ffn = feed_forward(config, draft, layers);
  const double small = norms * norm_params(config.traits.norm, draft.hidden);
  for (int i = 0; i < layers; ++i) draft.layers.push_back({attention, ffn.at(static_cast<std::size_t>(i)), small});
}

void read_chatglm(const Config& config, Draft& draft) {
  const bool first_generation = config.text.has("inner_hidden_size");  // ChatGLM-1: multi-head, plain GELU MLP
  const int layers = layer_count(config), heads = query_heads(config);
  // A chatglm3-6b revision states both keys; multi_query_group_num is the one the model code reads.
  const bool multi_query = config.text.flag("multi_query_attention", false);
  const int kv = multi_query ? config.text.required({"multi_query_group_num", "num_key_value_heads"}, kHeads) : heads;

  auto attention = grouped_query(config, draft, kv);
  auto ffn = feed_forward(config, draft, layers);
  const bool all_biases = first_generation || config.text.flag("add_bias_linear", false);
  attention.qkv_bias = all_biases || config.text.flag("add_qkv_bias", false);
  attention.output_bias = all_biases;
  ffn.dense.bias = all_biases;
  ffn.dense.gated = !first_generation;
  if (first_generation) draft.tied = true;
  const bool rms = !first_generation && config.text.flag("rmsnorm", true);
  const double norm = norm_params(rms ? Norm::rms : Norm::layer, draft.hidden);
  for (int i = 0; i < layers; ++i) draft.layers.push_back({attention, ffn.at(static_cast<std::size_t>(i)), 2 * norm});
  draft.final_small_params = norm;
}

}  // namespace roofcast::hf
