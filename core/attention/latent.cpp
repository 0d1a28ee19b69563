#include "core/attention/latent.hpp"

namespace roofcast {
namespace {

// Row layouts of the engines' fp8 caches for sparse MLA (vLLM's fp8_ds_mla): 512 fp8 + 4 fp32 scales +
// 64 bf16 rope = 656 B for the published rank 512 + 64; one fp32 scale per 128 values in the indexer:
// 128 + 4 = 132 B. Dense MLA stores its 576 elements plainly.
double fp8_latent_row(const Latent& a) {
  if (a.index_top_k == 0) return 0;
  return a.kv_rank + a.kv_rank / 128.0 * 4.0 + a.rope_dim * 2.0;
}
double fp8_index_row(const Latent& a) {
  return a.index_dim + a.index_dim / 128.0 * 4.0;
}

void add_indexer(const Latent& a, double hidden, LayerParts& p) {
  const double heads = a.index_heads, dim = a.index_dim;
  const double query_in = a.q_rank > 0 ? a.q_rank : hidden;
  p.projections.push_back({.name = "index_q", .out = heads * dim, .in = query_in, .shard = Shard::replicated});
  p.projections.push_back({.name = "index_k", .out = dim, .in = hidden, .shard = Shard::replicated});
  p.projections.push_back({.name = "index_weights", .out = heads, .in = hidden, .shard = Shard::replicated});
  p.streams.push_back({.name = "indexer",
                       .kind = StreamKind::indexer,
                       .row_elements = dim,
                       .query_heads = heads,
                       .query_elements = heads * dim,
                       .flops_per_row = 2 * heads * dim,
                       .prefill_flops_per_row = 2 * heads * dim,
                       .fp8_row_bytes = fp8_index_row(a)});
  p.small_params += 2 * dim;
}

/// MHA over the expanded heads: what an engine keeps that does not absorb kv_b.
CacheStream expanded_stream(const Latent& a) {
  const double heads = a.q_heads, key = a.nope_dim + a.rope_dim, v = a.v_dim;
  return {.name = "kv",
          .row_elements = heads * (key + v),
          .heads = heads,
          .query_heads = heads,
          .query_elements = heads * key,
          .output_elements = heads * v,
          .flops_per_row = 2 * heads * (key + v),
          .prefill_flops_per_row = 2 * heads * (key + v)};
}

}  // namespace

LayerParts parts(const Latent& a, int hidden) {
  const double h = hidden, heads = a.q_heads, rank = a.kv_rank, rope = a.rope_dim, nope = a.nope_dim, v = a.v_dim;

  LayerParts p;
  p.query_heads = heads;
  if (a.q_rank > 0) {
    p.projections.push_back({.name = "q_a", .out = static_cast<double>(a.q_rank), .in = h, .shard = Shard::replicated});
    p.projections.push_back({.name = "q_b", .out = heads * (nope + rope), .in = static_cast<double>(a.q_rank)});
    p.small_params += a.q_rank;
  } else {
    p.projections.push_back({.name = "q_proj", .out = heads * (nope + rope), .in = h});
  }
  p.projections.push_back({.name = "kv_a", .out = rank + rope, .in = h, .shard = Shard::replicated});
  // kv_b in its absorbed halves: W_UK maps a query into the latent, W_UV the result out of it.
  p.projections.push_back({.name = "absorb_k", .out = rank, .in = heads * nope});
  p.projections.push_back({.name = "absorb_v", .out = heads * v, .in = rank});
  if (a.output_gate) p.projections.push_back({.name = "output_gate", .out = heads * v, .in = h});
  p.projections.push_back({.name = "o_proj", .out = h, .in = heads * v});
  p.small_params += rank;

  if (a.expanded_cache) {
    p.streams.push_back(expanded_stream(a));
    return p;
  }
  p.streams.push_back({.name = "latent",
                       .kind = StreamKind::latent,
                       .row_elements = rank + rope,
                       .read_rows = a.index_top_k > 0 ? a.index_top_k : CacheStream::kUnbounded,
                       .query_heads = heads,
                       .query_elements = heads * (rank + rope),
                       .output_elements = heads * rank,
                       .flops_per_row = 2 * heads * (rank + rope) + 2 * heads * rank,
                       .prefill_flops_per_row = 2 * heads * (nope + rope) + 2 * heads * v,
                       .fp8_row_bytes = fp8_latent_row(a)});
  if (a.index_heads > 0) add_indexer(a, h, p);
  return p;
}

}  // namespace roofcast
