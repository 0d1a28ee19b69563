#pragma once

#include <string>

#include "core/attention/attention.hpp"
#include "core/ffn.hpp"

namespace roofcast {

/// "gqa: q_heads 32, kv_heads 8, head_dim 128": the kind and every member that differs from its default.
[[nodiscard]] std::string described(const Attention& attention);
[[nodiscard]] std::string described(const Ffn& ffn);

}  // namespace roofcast
