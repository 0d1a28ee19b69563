#include "hwmodels/bench/bench_grid.hpp"

namespace roofcast::bench {

std::vector<BenchPoint> points_of(const AttentionAxes& axes) {
  std::vector<BenchPoint> points;
  for (const int heads : axes.heads)
    for (const int kv_heads : axes.kv_heads)
      for (const int dim : axes.head_dims)
        for (const int window : axes.windows)
          for (const auto element : axes.elements)
            for (const int page : axes.page_tokens)
              for (const auto order : axes.orders)
                for (const int batch : axes.batches)
                  for (const int context : axes.contexts)
                    points.push_back(AttentionPoint{.shape = {.query_heads = heads,
                                                              .kv_heads = kv_heads,
                                                              .head_dim = dim,
                                                              .window = window,
                                                              .kv = element},
                                                    .batch = batch,
                                                    .context = context,
                                                    .page_tokens = page,
                                                    .order = order});
  return points;
}

std::vector<BenchPoint> points_of(const MatrixAxes& axes) {
  std::vector<BenchPoint> points;
  for (const int m : axes.m)
    for (const int n : axes.n)
      for (const int k : axes.k)
        for (const auto element : axes.elements) points.push_back(kernels::MatrixShape{m, n, k, element});
  return points;
}

}  // namespace roofcast::bench
