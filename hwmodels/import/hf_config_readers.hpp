#pragma once

#include "hwmodels/import/hf_config_draft.hpp"

namespace roofcast::hf {

/// One reader per way of writing layers down. Each fills `draft.layers` and the parameters around them.

// Softmax attention.
void read_grouped(const Config& config, Draft& draft);       ///< Llama and all that differ by traits only
void read_gpt(const Config& config, Draft& draft);           ///< learned positions: GPT-2, GPTBigCode, OPT
void read_bloom(const Config& config, Draft& draft);         ///< a norm behind the embedding
void read_falcon(const Config& config, Draft& draft);        ///< three rules for the KV heads
void read_chatglm(const Config& config, Draft& draft);       ///< multi_query_group_num goes first
void read_mpt(const Config& config, Draft& draft);           ///< attn_config
void read_dbrx(const Config& config, Draft& draft);          ///< attn_config and ffn_config
void read_stablelm(const Config& config, Draft& draft);      ///< optional norms
void read_seed_oss(const Config& config, Draft& draft);      ///< separate output bias
void read_nas(const Config& config, Draft& draft);           ///< block_configs: each layer its own shape
void read_gemma4(const Config& config, Draft& draft);        ///< two head sizes, shared caches
void read_mimo_v2(const Config& config, Draft& draft);       ///< two shapes, hybrid_layer_pattern
void read_step(const Config& config, Draft& draft);          ///< sliding layers with heads of their own
void read_minimax_m2(const Config& config, Draft& draft);    ///< attn_type_list, kinds of query norm
void read_minimax_m3(const Config& config, Draft& draft);    ///< block-sparse reads
void read_minimax_text(const Config& config, Draft& draft);  ///< lightning and softmax layers

// Latent and compressed caches.
void read_latent(const Config& config, Draft& draft);      ///< MLA, with or without an indexer
void read_longcat(const Config& config, Draft& draft);     ///< two MLA sublayers per layer
void read_compressed(const Config& config, Draft& draft);  ///< DeepSeek-V4

// Recurrent layers.
void read_gated_delta(const Config& config, Draft& draft);     ///< Qwen3-Next, Qwen3.5
void read_kimi_delta(const Config& config, Draft& draft);      ///< Kimi-Linear, Kimi-K3
void read_jamba(const Config& config, Draft& draft);           ///< periods and offsets
void read_falcon_mamba(const Config& config, Draft& draft);    ///< no attention at all
void read_falcon_h1(const Config& config, Draft& draft);       ///< attention beside Mamba-2
void read_granite_hybrid(const Config& config, Draft& draft);  ///< layer_types mamba/attention
void read_nemotron_h(const Config& config, Draft& draft);      ///< MLPs are layers of their own
void read_lfm2(const Config& config, Draft& draft);            ///< short convolutions

}  // namespace roofcast::hf
