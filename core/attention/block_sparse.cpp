#include "core/attention/block_sparse.hpp"

namespace roofcast {

LayerParts parts(const BlockSparse& a, int hidden) {
  LayerParts p = parts(
      GroupedQuery{.q_heads = a.q_heads, .kv_heads = a.kv_heads, .head_dim = a.head_dim, .head_norm = a.head_norm},
      hidden);
  // The chosen blocks plus the block being written.
  p.streams.front().read_rows = static_cast<double>(a.top_blocks + 1) * a.block_tokens;

  const double index_queries = static_cast<double>(a.index_heads) * a.index_dim;
  p.projections.push_back(
      {.name = "index_q", .out = index_queries, .in = static_cast<double>(hidden), .shard = Shard::replicated});
  p.projections.push_back({.name = "index_k",
                           .out = static_cast<double>(a.index_dim),
                           .in = static_cast<double>(hidden),
                           .shard = Shard::replicated});
  p.streams.push_back({.name = "indexer",
                       .kind = StreamKind::indexer,
                       .row_elements = static_cast<double>(a.index_dim),
                       .query_heads = static_cast<double>(a.index_heads),
                       .query_elements = index_queries,
                       .flops_per_row = 2 * index_queries,
                       .prefill_flops_per_row = 2 * index_queries});
  p.small_params += 2.0 * a.index_dim;
  return p;
}

}  // namespace roofcast
