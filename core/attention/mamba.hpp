#pragma once

#include <array>
#include <string_view>

#include "core/attention/field.hpp"
#include "core/attention/layer_parts.hpp"

namespace roofcast {

/// Mamba-1 selective state space (Jamba, Falcon-Mamba): docs/model/attention.md §7.
struct Mamba1 {
  static constexpr std::string_view kind = "mamba1";

  int inner = 0;
  int state = 0;
  int conv = 0;
  int dt_rank = 0;
  bool inner_norms = false;
  bool fp32_state = false;

  friend bool operator==(const Mamba1&, const Mamba1&) = default;

  static constexpr auto fields() {
    using M = Mamba1;
    return std::array{Field<M>{"inner", &M::inner, 1, true},    Field<M>{"state", &M::state, 1, true},
                      Field<M>{"conv", &M::conv, 1, true},      Field<M>{"dt_rank", &M::dt_rank, 1, true},
                      Field<M>{"inner_norms", &M::inner_norms}, Field<M>{"fp32_state", &M::fp32_state}};
  }
};

/// Mamba-2 (Nemotron-H, Granite-4-H, Falcon-H1).
struct Mamba2 {
  static constexpr std::string_view kind = "mamba2";

  int heads = 0;
  int head_dim = 0;
  int groups = 0;
  int state = 0;
  int conv = 0;
  bool conv_bias = true;
  bool gated_norm = true;
  bool fp32_state = false;

  friend bool operator==(const Mamba2&, const Mamba2&) = default;

  static constexpr auto fields() {
    using M = Mamba2;
    return std::array{Field<M>{"heads", &M::heads, 1, true},   Field<M>{"head_dim", &M::head_dim, 1, true},
                      Field<M>{"groups", &M::groups, 1, true}, Field<M>{"state", &M::state, 1, true},
                      Field<M>{"conv", &M::conv, 1, true},     Field<M>{"conv_bias", &M::conv_bias},
                      Field<M>{"gated_norm", &M::gated_norm},  Field<M>{"fp32_state", &M::fp32_state}};
  }
};

[[nodiscard]] LayerParts parts(const Mamba1& a, int hidden);
[[nodiscard]] LayerParts parts(const Mamba2& a, int hidden);

}  // namespace roofcast
