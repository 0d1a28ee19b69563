#pragma once

#include <array>
#include <string_view>

#include "core/attention/field.hpp"
#include "core/attention/layer_parts.hpp"

namespace roofcast {

/// Grouped-query attention, full or windowed (docs/model/attention.md §1).
/// MHA is `kv_heads == q_heads`, MQA is `kv_heads == 1`: points of one type.
struct GroupedQuery {
  static constexpr std::string_view kind = "gqa";

  int q_heads = 0;
  int kv_heads = 0;
  int head_dim = 0;
  int v_head_dim = 0;         ///< 0: as head_dim
  int window = 0;             ///< sliding window or chunk in tokens; 0: all tokens
  bool chunked = false;       ///< the window is a chunk with fixed borders (Llama-4)
  bool shared_cache = false;  ///< reads an earlier layer's K and V, stores none (Gemma-3n/4 E-series)
  bool v_equals_k = false;    ///< no V projection; K and V are both stored
  bool output_gate = false;   ///< the query projection also makes a gate
  bool qkv_bias = false;
  bool output_bias = false;
  bool head_norm = false;  ///< a norm of head_dim on q and k
  bool full_norm = false;  ///< a norm over all heads of q and k
  bool sinks = false;      ///< one learned logit per query head

  friend bool operator==(const GroupedQuery&, const GroupedQuery&) = default;

  static constexpr auto fields() {
    using G = GroupedQuery;
    return std::array{Field<G>{"q_heads", &G::q_heads, 1, true},
                      Field<G>{"kv_heads", &G::kv_heads, 1, true},
                      Field<G>{"head_dim", &G::head_dim, 1, true},
                      Field<G>{"v_head_dim", &G::v_head_dim},
                      Field<G>{"window", &G::window},
                      Field<G>{"chunked", &G::chunked},
                      Field<G>{"shared_cache", &G::shared_cache},
                      Field<G>{"v_equals_k", &G::v_equals_k},
                      Field<G>{"output_gate", &G::output_gate},
                      Field<G>{"qkv_bias", &G::qkv_bias},
                      Field<G>{"output_bias", &G::output_bias},
                      Field<G>{"head_norm", &G::head_norm},
                      Field<G>{"full_norm", &G::full_norm},
                      Field<G>{"sinks", &G::sinks}};
  }
};

/// (A4) One row = K and V of every KV head; 2 FLOP per multiply-add of QKᵀ and PV for every query head.
[[nodiscard]] LayerParts parts(const GroupedQuery& a, int hidden);

}  // namespace roofcast
