#include "core/attention/compressed.hpp"

namespace roofcast {
namespace {

/// vLLM's fp8 row: all but the 64 rotary elements in fp8, those in bf16, 8 scale bytes; 584 B for 512.
double fp8_row(const CompressedShared& a) {
  constexpr double kRope = 64, kScales = 8;
  return a.head_dim + kRope + kScales;
}

CacheStream shared_rows(const CompressedShared& a, std::string_view name) {
  const double heads = a.q_heads, d = a.head_dim;
  return {.name = name,
          .row_elements = d,
          .query_heads = heads,
          .query_elements = heads * d,
          .output_elements = heads * d,
          .flops_per_row = 4 * heads * d,
          .prefill_flops_per_row = 4 * heads * d,
          .fp8_row_bytes = fp8_row(a)};
}

void add_compressor(const CompressedShared& a, double hidden, LayerParts& p) {
  const double d = a.head_dim, overlap = a.index_heads > 0 ? 2 : 1;  // CSA windows overlap
  p.projections.push_back({.name = "compressor", .out = 2 * overlap * d, .in = hidden, .shard = Shard::replicated});
  p.small_params += a.ratio * overlap * d + d;

  auto rows = shared_rows(a, "compressed");
  rows.tokens_per_row = a.ratio;
  if (a.index_top_k > 0) rows.read_rows = a.index_top_k;
  p.streams.push_back(rows);
}

void add_indexer(const CompressedShared& a, double hidden, LayerParts& p) {
  const double heads = a.index_heads, dim = a.index_dim;
  p.projections.push_back({.name = "index_compressor", .out = 4 * dim, .in = hidden, .shard = Shard::replicated});
  p.projections.push_back(
      {.name = "index_q", .out = heads * dim, .in = static_cast<double>(a.q_rank), .shard = Shard::replicated});
  p.projections.push_back({.name = "index_weights", .out = heads, .in = hidden, .shard = Shard::replicated});
  p.small_params += 2.0 * a.ratio * dim + dim;
  p.streams.push_back({.name = "indexer",
                       .kind = StreamKind::indexer,
                       .row_elements = dim,
                       .tokens_per_row = static_cast<double>(a.ratio),
                       .query_heads = heads,
                       .query_elements = heads * dim,
                       .flops_per_row = 2 * heads * dim,
                       .prefill_flops_per_row = 2 * heads * dim,
                       .fp8_row_bytes = dim + dim / 128 * 4});
}

}  // namespace

LayerParts parts(const CompressedShared& a, int hidden) {
  const double h = hidden, heads = a.q_heads, d = a.head_dim, q_rank = a.q_rank;
  const double groups = a.output_groups, output_rank = a.output_rank, hc = a.hyper_connections;

  LayerParts p;
  p.query_heads = heads;
  p.projections = {{.name = "q_a", .out = q_rank, .in = h, .shard = Shard::replicated},
                   {.name = "q_b", .out = heads * d, .in = q_rank},
                   {.name = "kv_proj", .out = d, .in = h, .shard = Shard::replicated},
                   {.name = "o_a", .out = groups * output_rank, .in = heads * d / groups},
                   {.name = "o_b", .out = h, .in = groups * output_rank}};
  p.small_params = heads + q_rank + d;
  if (hc > 0) p.small_params += 2 * (hc * (2 + hc) * hc * h + hc * (2 + hc) + 3);

  auto window = shared_rows(a, "window");
  window.window = a.window;
  p.streams.push_back(window);
  if (a.ratio > 0) add_compressor(a, h, p);
  if (a.index_heads > 0) add_indexer(a, h, p);
  return p;
}

}  // namespace roofcast
