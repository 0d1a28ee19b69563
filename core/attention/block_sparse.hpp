#pragma once

#include <array>
#include <string_view>

#include "core/attention/field.hpp"
#include "core/attention/grouped_query.hpp"

namespace roofcast {

/// Grouped-query attention that reads only the best blocks of tokens, chosen by an index of one key
/// per token (MiniMax-M3). Sparse reads, full capacity (docs/model/attention.md §5).
struct BlockSparse {
  static constexpr std::string_view kind = "block_sparse";

  int q_heads = 0;
  int kv_heads = 0;
  int head_dim = 0;
  int index_heads = 0;
  int index_dim = 0;
  int top_blocks = 0;
  int block_tokens = 0;
  bool head_norm = false;

  friend bool operator==(const BlockSparse&, const BlockSparse&) = default;

  static constexpr auto fields() {
    using B = BlockSparse;
    return std::array{
        Field<B>{"q_heads", &B::q_heads, 1, true},           Field<B>{"kv_heads", &B::kv_heads, 1, true},
        Field<B>{"head_dim", &B::head_dim, 1, true},         Field<B>{"index_heads", &B::index_heads, 1, true},
        Field<B>{"index_dim", &B::index_dim, 1, true},       Field<B>{"top_blocks", &B::top_blocks, 1, true},
        Field<B>{"block_tokens", &B::block_tokens, 1, true}, Field<B>{"head_norm", &B::head_norm}};
  }
};

[[nodiscard]] LayerParts parts(const BlockSparse& a, int hidden);

}  // namespace roofcast
