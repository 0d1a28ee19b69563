#pragma once

#include <string>
#include <string_view>

#include "core/model_spec.hpp"

namespace roofcast {

/// `--attention mha | mqa | gqa:N | mla:L+R`: what if the model had been trained with other KV heads?
/// Query heads and head_dim stay; the K/V projections change with the heads.
struct AttentionOverride {
  enum class Kind { mha, gqa, mqa, mla } kind = Kind::mha;
  int kv_heads = 0;  ///< gqa
  int latent = 0;    ///< mla: rank of the latent
  int rope = 0;      ///< mla: rotary dims beside it

  friend bool operator==(const AttentionOverride&, const AttentionOverride&) = default;
};

[[nodiscard]] Result<AttentionOverride> parse_attention_override(std::string_view text);
[[nodiscard]] std::string attention_text(const AttentionOverride& o);

/// What the override takes for granted: "query heads and head_dim stay, ...".
[[nodiscard]] std::string assumed(const AttentionOverride& o);

/// The model with every softmax-attention layer overridden; windows stay, recurrent layers too.
/// Errors: N does not divide the query heads; nothing to override; a cache that has no such reading.
[[nodiscard]] Result<ModelSpec> with_attention(ModelSpec model, const AttentionOverride& o);

/// The model's own attention in the same words: "gqa:8", "mla:512+64", "mqa + gated_delta", ...
[[nodiscard]] std::string attention_label(const ModelSpec& model);

}  // namespace roofcast
