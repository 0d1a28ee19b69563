#pragma once

#include <string>
#include <string_view>

#include "core/attention/attention.hpp"
#include "core/ffn.hpp"

namespace roofcast {

/// The word that users look for: "mha", "gqa" or "mqa" by the KV heads, else the variant's kind.
[[nodiscard]] std::string_view attention_word(const Attention& attention);

/// "gqa: q_heads 32, kv_heads 8, head_dim 128": the kind and every member that differs from its default.
[[nodiscard]] std::string described(const Attention& attention);
[[nodiscard]] std::string described(const Ffn& ffn);

}  // namespace roofcast
