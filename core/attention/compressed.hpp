#pragma once

#include <array>
#include <string_view>

#include "core/attention/field.hpp"
#include "core/attention/layer_parts.hpp"

namespace roofcast {

/// DeepSeek-V4 attention: one shared vector serves K and V of every head; a short window of raw rows
/// plus, by layer, a stream compressed 4:1 with an indexer (CSA), 128:1 (HCA) or none
/// (docs/model/attention.md §6).
struct CompressedShared {
  static constexpr std::string_view kind = "compressed_shared";

  int q_heads = 0;
  int head_dim = 0;
  int q_rank = 0;
  int window = 0;
  int ratio = 0;  ///< tokens per compressed row: 0 (window only), 4 or 128
  int index_heads = 0;
  int index_dim = 0;
  int index_top_k = 0;
  int output_groups = 0;
  int output_rank = 0;
  int hyper_connections = 0;

  friend bool operator==(const CompressedShared&, const CompressedShared&) = default;

  static constexpr auto fields() {
    using C = CompressedShared;
    return std::array{Field<C>{"q_heads", &C::q_heads, 1, true},
                      Field<C>{"head_dim", &C::head_dim, 1, true},
                      Field<C>{"q_rank", &C::q_rank, 1, true},
                      Field<C>{"window", &C::window, 1, true},
                      Field<C>{"ratio", &C::ratio},
                      Field<C>{"index_heads", &C::index_heads},
                      Field<C>{"index_dim", &C::index_dim},
                      Field<C>{"index_top_k", &C::index_top_k},
                      Field<C>{"output_groups", &C::output_groups, 1, true},
                      Field<C>{"output_rank", &C::output_rank, 1, true},
                      Field<C>{"hyper_connections", &C::hyper_connections}};
  }
};

[[nodiscard]] LayerParts parts(const CompressedShared& a, int hidden);

}  // namespace roofcast
