#include "hwmodels/import/hf_config_readers.hpp"

#include <fmt/format.h>

#include "hwmodels/import/hf_config_grouped.hpp"
#include "hwmodels/import/hf_config_recurrent.hpp"

namespace roofcast::hf {

void read_jamba(const Config& config, Draft& draft) {
  const auto& text = config.text;
  const int layers = layer_count(config);
  const int period = text.required({"attn_layer_period"}, kLayers);
  const int offset = text.required({"attn_layer_offset"}, {0, kLayers.max});
  if (offset >= period)
    config.contradiction("attn_layer_offset", fmt::format("{} is not below the period of {}", offset, period));
  const auto full = grouped_query(config, draft);
  const Mamba1 mamba{.inner = text.count({"mamba_expand"}, {1, 64}).value_or(2) * draft.hidden,
                     .state = text.required({"mamba_d_state"}, kHeadDim),
                     .conv = text.required({"mamba_d_conv"}, kHeadDim),
                     .dt_rank = time_step_rank(config, "mamba_dt_rank", draft),
                     .inner_norms = text.flag("mamba_inner_layernorms", true),
                     .fp32_state = fp32_state(config)};
  const auto ffn = feed_forward(config, draft, layers);
  for (int i = 0; i < layers; ++i)
    draft.layers.push_back({i % period == offset ? Attention{full} : Attention{mamba},
                            ffn.at(static_cast<std::size_t>(i)), layer_norms(config, draft)});
}

void read_falcon_mamba(const Config& config, Draft& draft) {
  const auto& text = config.text;
  const auto inner = text.count({"intermediate_size"});
  const Mamba1 mamba{.inner = inner ? *inner : text.count({"expand"}, {1, 64}).value_or(2) * draft.hidden,
                     .state = text.required({"state_size"}, kHeadDim),
                     .conv = text.required({"conv_kernel"}, kHeadDim),
                     .dt_rank = time_step_rank(config, "time_step_rank", draft),
                     .fp32_state = fp32_state(config)};
  draft.layers.assign(static_cast<std::size_t>(layer_count(config)), {mamba, NoFfn{}, layer_norms(config, draft)});
}

void read_falcon_h1(const Config& config, Draft& draft) {
  const int layers = layer_count(config);
  const auto attention = grouped_query(config, draft);
  const auto mamba = prefixed_mamba2(config, draft);
  if (attention.qkv_bias) config.leave_out("attention biases");
  const ParallelHybrid both{.q_heads = attention.q_heads,
                            .kv_heads = attention.kv_heads,
                            .head_dim = attention.head_dim,
                            .ssm_heads = mamba.heads,
                            .ssm_head_dim = mamba.head_dim,
                            .groups = mamba.groups,
                            .state = mamba.state,
                            .conv = mamba.conv,
                            .gated_norm = config.text.flag("mamba_rms_norm", false),
                            .fp32_state = mamba.fp32_state};
  const auto ffn = feed_forward(config, draft, layers);
  for (int i = 0; i < layers; ++i)
    draft.layers.push_back({both, ffn.at(static_cast<std::size_t>(i)), layer_norms(config, draft)});
}

void read_granite_hybrid(const Config& config, Draft& draft) {
  const int layers = layer_count(config);
  const auto recurrent = recurrent_layers(config, layers, {"mamba", "linear_attention"});
  const auto full = grouped_query(config, draft);
  const auto mamba = prefixed_mamba2(config, draft);
  // Without experts (num_local_experts 0) the shared MLP is the only one.
  const auto moe = mixture_of_experts(config, draft);
  const Ffn ffn = moe ? Ffn{*moe} : Ffn{dense_ffn(config, config.text.required({"shared_intermediate_size"}))};
  for (const bool is_recurrent : recurrent)
    draft.layers.push_back({is_recurrent ? Attention{mamba} : Attention{full}, ffn, layer_norms(config, draft)});
}

}  // namespace roofcast::hf
