#pragma once

#include <array>
#include <string_view>

#include "core/attention/field.hpp"
#include "core/attention/grouped_query.hpp"
#include "core/attention/mamba.hpp"

namespace roofcast {

/// Attention and Mamba-2 side by side in every layer (Falcon-H1): KV cache *and* recurrent state.
struct ParallelHybrid {
  static constexpr std::string_view kind = "parallel_gqa_mamba2";

  int q_heads = 0;
  int kv_heads = 0;
  int head_dim = 0;
  int ssm_heads = 0;
  int ssm_head_dim = 0;
  int groups = 0;
  int state = 0;
  int conv = 0;
  bool gated_norm = false;
  bool fp32_state = false;

  friend bool operator==(const ParallelHybrid&, const ParallelHybrid&) = default;

  static constexpr auto fields() {
    using P = ParallelHybrid;
    return std::array{Field<P>{"q_heads", &P::q_heads, 1, true},
                      Field<P>{"kv_heads", &P::kv_heads, 1, true},
                      Field<P>{"head_dim", &P::head_dim, 1, true},
                      Field<P>{"ssm_heads", &P::ssm_heads, 1, true},
                      Field<P>{"ssm_head_dim", &P::ssm_head_dim, 1, true},
                      Field<P>{"groups", &P::groups, 1, true},
                      Field<P>{"state", &P::state, 1, true},
                      Field<P>{"conv", &P::conv, 1, true},
                      Field<P>{"gated_norm", &P::gated_norm},
                      Field<P>{"fp32_state", &P::fp32_state}};
  }
};

[[nodiscard]] inline LayerParts parts(const ParallelHybrid& a, int hidden) {
  LayerParts p = parts(GroupedQuery{.q_heads = a.q_heads, .kv_heads = a.kv_heads, .head_dim = a.head_dim}, hidden);
  p.append(parts(Mamba2{.heads = a.ssm_heads,
                        .head_dim = a.ssm_head_dim,
                        .groups = a.groups,
                        .state = a.state,
                        .conv = a.conv,
                        .gated_norm = a.gated_norm,
                        .fp32_state = a.fp32_state},
                 hidden));
  return p;
}

}  // namespace roofcast
