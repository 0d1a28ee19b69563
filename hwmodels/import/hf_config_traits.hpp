#pragma once

#include <string_view>

namespace roofcast::hf {

/// What a config leaves to the modelling code: read from transformers 5.24 (models/*/modeling_*.py)
/// and, for remote code, from the checkpoints' own modelling files.

enum class Norm {
  rms,           ///< one weight per element
  layer,         ///< weight and bias
  layer_weight,  ///< a layer norm without bias
  none,          ///< no parameters
};

enum class QueryNorm { none, head, full };

/// Which layers a `sliding_window` binds when no `layer_types` list says it.
enum class WindowRule {
  ignored,      ///< the key is not used
  every_layer,  ///< Mistral v0.1, Phi-3, StarCoder2
  qwen,         ///< only with use_sliding_window, from layer max_window_layers on
  periodic,     ///< all but every n-th layer
  chunks,       ///< Llama-4: chunks on all but every n-th layer
};

/// A boolean the config may state under `key`; empty: the modelling code fixes it.
struct Switch {
  std::string_view key{};
  bool fallback = false;
};

/// The parts of a decoder layer that differ between families.
struct Traits {
  Norm norm = Norm::rms;
  int norms = 2;  ///< per layer
  bool gated = true;
  Switch attention_bias{"attention_bias", false};
  bool output_bias = true;  ///< the attention bias is also on the output projection
  Switch mlp_bias{"mlp_bias", false};
  QueryNorm query_norm = QueryNorm::none;
  Switch use_query_norm{"", true};
  WindowRule window = WindowRule::ignored;
  int window_period = 0;
  bool tied = false;  ///< where tie_word_embeddings is not stated
  Switch head_bias{"", false};
  bool inner_default = false;      ///< without an intermediate size: four times the hidden size
  bool experts_use_inner = false;  ///< without moe_intermediate_size: intermediate_size
  bool router_bias = false;
  bool expert_bias = false;
  bool shared_gate = false;
  bool sinks = false;
  bool multi_query = false;    ///< one KV head unless multi_query is false
  int extra_positions = 0;     ///< rows of a learned position table beyond the positions
  bool indexer = false;        ///< latent attention that needs the index_* keys
  bool shared_always = false;  ///< Llama-4: one shared expert of the experts' width in every MoE layer
};

}  // namespace roofcast::hf
