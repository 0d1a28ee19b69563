#pragma once

#include <array>
#include <string_view>

#include "core/attention/field.hpp"
#include "core/attention/layer_parts.hpp"

namespace roofcast {

/// Multi-head latent attention (MLA), with or without a sparse indexer (DSA):
/// docs/model/attention.md §3 and §4. One latent row serves K and V of every head.
struct Latent {
  static constexpr std::string_view kind = "mla";

  int q_heads = 0;
  int q_rank = 0;  ///< low-rank query; 0: a full query projection
  int kv_rank = 0;
  int rope_dim = 0;
  int nope_dim = 0;
  int v_dim = 0;
  bool output_gate = false;
  int index_heads = 0;  ///< sparse indexer; 0: none of its own
  int index_dim = 0;
  int index_top_k = 0;          ///< rows read at most (set also where another layer's choice is reused)
  bool expanded_cache = false;  ///< the cache holds every head's keys and values, not the latent

  friend bool operator==(const Latent&, const Latent&) = default;

  static constexpr auto fields() {
    using L = Latent;
    return std::array{Field<L>{"q_heads", &L::q_heads, 1, true},     Field<L>{"q_rank", &L::q_rank},
                      Field<L>{"kv_rank", &L::kv_rank, 1, true},     Field<L>{"rope_dim", &L::rope_dim, 0, true},
                      Field<L>{"nope_dim", &L::nope_dim, 1, true},   Field<L>{"v_dim", &L::v_dim, 1, true},
                      Field<L>{"output_gate", &L::output_gate},      Field<L>{"index_heads", &L::index_heads},
                      Field<L>{"index_dim", &L::index_dim},          Field<L>{"index_top_k", &L::index_top_k},
                      Field<L>{"expanded_cache", &L::expanded_cache}};
  }
};

/// (A5) Decode in the absorbed form: every head reads the latent row twice (QKᵀ over rank + rope, PV
/// over rank). (A6) Prefill expands the latent: nope + rope and v per head; an expanded cache keeps that.
[[nodiscard]] LayerParts parts(const Latent& a, int hidden);

}  // namespace roofcast
