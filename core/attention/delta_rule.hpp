#pragma once

#include <array>
#include <string_view>

#include "core/attention/field.hpp"
#include "core/attention/layer_parts.hpp"

namespace roofcast {

/// Gated DeltaNet (Qwen3-Next, Qwen3.5): a constant state per sequence instead of a growing cache
/// (docs/model/attention.md §7).
struct GatedDelta {
  static constexpr std::string_view kind = "gated_delta";

  int k_heads = 0;
  int k_dim = 0;
  int v_heads = 0;
  int v_dim = 0;
  int conv = 0;  ///< taps of the short convolution; conv-1 inputs are kept
  bool fp32_state = false;

  friend bool operator==(const GatedDelta&, const GatedDelta&) = default;

  static constexpr auto fields() {
    using G = GatedDelta;
    return std::array{Field<G>{"k_heads", &G::k_heads, 1, true}, Field<G>{"k_dim", &G::k_dim, 1, true},
                      Field<G>{"v_heads", &G::v_heads, 1, true}, Field<G>{"v_dim", &G::v_dim, 1, true},
                      Field<G>{"conv", &G::conv, 1, true},       Field<G>{"fp32_state", &G::fp32_state}};
  }
};

/// Kimi Delta Attention (Kimi-Linear, Kimi-K3): per-channel gates, fp32 state.
struct KimiDelta {
  static constexpr std::string_view kind = "kimi_delta";

  int heads = 0;
  int head_dim = 0;
  int conv = 0;
  bool full_gate = false;  ///< the output gate is a full matrix, not low rank

  friend bool operator==(const KimiDelta&, const KimiDelta&) = default;

  static constexpr auto fields() {
    using K = KimiDelta;
    return std::array{Field<K>{"heads", &K::heads, 1, true}, Field<K>{"head_dim", &K::head_dim, 1, true},
                      Field<K>{"conv", &K::conv, 1, true}, Field<K>{"full_gate", &K::full_gate}};
  }
};

[[nodiscard]] LayerParts parts(const GatedDelta& a, int hidden);
[[nodiscard]] LayerParts parts(const KimiDelta& a, int hidden);

}  // namespace roofcast
