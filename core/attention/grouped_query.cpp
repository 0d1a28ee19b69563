#include "core/attention/grouped_query.hpp"

namespace roofcast {

LayerParts parts(const GroupedQuery& a, int hidden) {
  const double heads = a.q_heads, kv = a.kv_heads, h = hidden;
  const double k_dim = a.head_dim, v_dim = a.v_head_dim > 0 ? a.v_head_dim : a.head_dim;

  LayerParts p;
  p.query_heads = heads;
  p.projections.push_back({.name = "q_proj", .out = heads * k_dim * (a.output_gate ? 2 : 1), .in = h});
  if (!a.shared_cache) {
    const double kv_out = kv * k_dim + (a.v_equals_k ? 0 : kv * v_dim);
    p.projections.push_back({.name = "kv_proj", .out = kv_out, .in = h, .shard = Shard::kv_heads, .heads = kv});
  }
  p.projections.push_back({.name = "o_proj", .out = h, .in = heads * v_dim});
  p.streams.push_back({.name = "kv",
                       .row_elements = kv * (k_dim + v_dim),
                       .heads = kv,
                       .window = a.window > 0 ? a.window : CacheStream::kUnbounded,
                       .stored = !a.shared_cache,
                       .query_heads = heads,
                       .query_elements = heads * k_dim,
                       .output_elements = heads * v_dim,
                       .flops_per_row = 2 * heads * (k_dim + v_dim),
                       .prefill_flops_per_row = 2 * heads * (k_dim + v_dim)});

  const double qkv_out = heads * k_dim + kv * (k_dim + v_dim);
  if (a.qkv_bias) p.small_params += qkv_out;
  if (a.output_bias) p.small_params += h;
  if (a.head_norm) p.small_params += a.shared_cache ? k_dim : 2 * k_dim;
  if (a.full_norm) p.small_params += heads * k_dim + kv * k_dim;
  if (a.sinks) p.small_params += heads;
  return p;
}

}  // namespace roofcast
