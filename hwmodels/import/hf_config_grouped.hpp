#pragma once

#include "hwmodels/import/hf_config_draft.hpp"
#include "hwmodels/import/hf_config_ffn.hpp"
#include "hwmodels/import/hf_config_window.hpp"

namespace roofcast::hf {

/// Query heads, KV heads, head width, biases and norms of a family's softmax attention.
[[nodiscard]] GroupedQuery grouped_query(const Config& config, const Draft& draft);

/// The same with KV heads that the family finds by its own rule.
[[nodiscard]] GroupedQuery grouped_query(const Config& config, const Draft& draft, int kv_heads);

[[nodiscard]] int query_heads(const Config& config);
/// KV heads: the first of the known keys, else as many as query heads.
[[nodiscard]] int kv_heads(const Config& config, int query_heads);
/// `head_dim` (null and 0 mean: not stated), its other names, else hidden / heads.
[[nodiscard]] int head_dim(const Config& config, const Draft& draft, int query_heads);

/// One layer per entry of `reaches`.
void append_layers(const Config& config, const GroupedQuery& attention, const Reaches& reaches, const FeedForward& ffn,
                   Draft& draft);

}  // namespace roofcast::hf
