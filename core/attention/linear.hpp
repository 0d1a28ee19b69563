#pragma once

#include <array>
#include <string_view>

#include "core/attention/field.hpp"
#include "core/attention/layer_parts.hpp"

namespace roofcast {

/// Lightning attention (MiniMax-01): a decayed outer-product state per head.
struct Lightning {
  static constexpr std::string_view kind = "lightning";

  int heads = 0;
  int head_dim = 0;
  bool fp32_state = false;

  friend bool operator==(const Lightning&, const Lightning&) = default;

  static constexpr auto fields() {
    using L = Lightning;
    return std::array{Field<L>{"heads", &L::heads, 1, true}, Field<L>{"head_dim", &L::head_dim, 1, true},
                      Field<L>{"fp32_state", &L::fp32_state}};
  }
};

/// Gated short convolution (LFM2): the last conv-1 inputs are all it remembers.
struct ShortConv {
  static constexpr std::string_view kind = "short_conv";

  int conv = 0;

  friend bool operator==(const ShortConv&, const ShortConv&) = default;

  static constexpr auto fields() { return std::array{Field<ShortConv>{"conv", &ShortConv::conv, 1, true}}; }
};

/// A layer without a token mixer (Nemotron-H writes MLPs as layers of their own).
struct NoMixer {
  static constexpr std::string_view kind = "none";

  friend bool operator==(const NoMixer&, const NoMixer&) = default;

  static constexpr auto fields() { return std::array<Field<NoMixer>, 0>{}; }
};

[[nodiscard]] LayerParts parts(const Lightning& a, int hidden);
[[nodiscard]] LayerParts parts(const ShortConv& a, int hidden);
[[nodiscard]] inline LayerParts parts(const NoMixer&, int) {
  return {};
}

}  // namespace roofcast
