// The second half of attention: rows of V, each times its weight. Compiled once per instruction set.

#if defined(ROOFCAST_WEIGH_ROWS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ROOFCAST_WEIGH_ROWS_INL_H
#undef ROOFCAST_WEIGH_ROWS_INL_H
#else
#define ROOFCAST_WEIGH_ROWS_INL_H
#endif

#include <hwy/highway.h>

#include "hwmodels/kernels/load_row-inl.h"
#include "hwmodels/kernels/row_runs.hpp"

HWY_BEFORE_NAMESPACE();
namespace roofcast::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Weights of the tokens of a run: of token t for head h at first[h · head_step + t · token_step].
struct Weights {
  const float* first = nullptr;
  size_t head_step = 0;
  size_t token_step = 1;
  const float* scale = nullptr;  ///< [heads] of what was accumulated before; nullptr: 1
};

/// weighted[h][column + ..] += Σ_t weights[h][t] · row[t][column + ..] for H heads and N vectors of columns.
/// End: N is 1 and the row ends in the vector.
template <int H, int N, bool End, class T>
HWY_INLINE void weigh_rows(Floats d, const Weights& weights, const RowRun<T>& run, const Fetch& fetch, size_t column,
                           size_t dim, float* HWY_RESTRICT weighted, size_t weighted_stride) {
  const size_t lanes = hn::Lanes(d);
  hn::Vec<Floats> acc[H][N];
#pragma GCC unroll 4
  for (int h = 0; h < H; ++h) {
    const auto k = hn::Set(d, weights.scale == nullptr ? 1.0f : weights.scale[h]);
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n)
      acc[h][n] = hn::Mul(k, hn::LoadU(d, weighted + static_cast<size_t>(h) * weighted_stride + column +
                                              static_cast<size_t>(n) * lanes));
  }
  const T* HWY_RESTRICT row = run.first + column;
  const float* HWY_RESTRICT weight = weights.first;
#pragma GCC unroll 1
  for (size_t t = 0; t < run.count; ++t, row += run.stride, weight += weights.token_step) {
    fetch_row(fetch, t);
    hn::Vec<Floats> w[H];
#pragma GCC unroll 4
    for (int h = 0; h < H; ++h) w[h] = hn::Set(d, weight[static_cast<size_t>(h) * weights.head_step]);
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n) {
      const T* HWY_RESTRICT at = row + static_cast<size_t>(n) * lanes;
      const auto x = End ? load_row_end(d, at, dim - column) : load_row(d, at);
#pragma GCC unroll 4
      for (int h = 0; h < H; ++h) acc[h][n] = hn::MulAdd(w[h], x, acc[h][n]);
    }
  }
#pragma GCC unroll 4
  for (int h = 0; h < H; ++h)
#pragma GCC unroll 8
    for (int n = 0; n < N; ++n)
      hn::StoreU(acc[h][n], d,
                 weighted + static_cast<size_t>(h) * weighted_stride + column + static_cast<size_t>(n) * lanes);
}

}  // namespace roofcast::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
