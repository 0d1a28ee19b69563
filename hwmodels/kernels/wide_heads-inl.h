// Groups that fill a vector: query heads lie in its lanes, so that neither scores nor their softmax need sums over
// lanes. Compiled once per instruction set.

#if defined(ROOFCAST_WIDE_HEADS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ROOFCAST_WIDE_HEADS_INL_H
#undef ROOFCAST_WIDE_HEADS_INL_H
#else
#define ROOFCAST_WIDE_HEADS_INL_H
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <algorithm>
#include <type_traits>

#include "hwmodels/kernels/packed_heads-inl.h"

HWY_BEFORE_NAMESPACE();
namespace roofcast::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Sums over a tile stay in registers: 8 tokens x 2 vectors of heads, or 4 x 2 where there are 16 registers.
constexpr int kWideTokens = kManyRegisters ? 8 : 4;

/// Whether most lanes of the group's vectors have a head.
HWY_INLINE bool in_lanes(size_t group) {
  const size_t lanes = hn::Lanes(Floats());
  return lanes > 1 && 4 * group >= 3 * ((group + lanes - 1) / lanes * lanes);
}

/// scores[t][h] = query[h] · row[t] for kWideTokens tokens and N vectors of heads; query: [dim][query_stride].
template <int N>
HWY_INLINE void score_wide(Floats d, const float* HWY_RESTRICT query, size_t query_stride,
                           const float* HWY_RESTRICT rows, std::ptrdiff_t stride, size_t dim, const Fetch& fetch,
                           size_t fetched, float* HWY_RESTRICT scores, size_t scores_stride) {
  constexpr int M = kWideTokens;
  const size_t lanes = hn::Lanes(d);
  hn::Vec<Floats> acc[M][N];
#pragma GCC unroll 8
  for (int t = 0; t < M; ++t)
#pragma GCC unroll 2
    for (int n = 0; n < N; ++n) acc[t][n] = hn::Zero(d);
  // What is fetched comes at an even pace: a row after every M-th part of the columns.
  const size_t part = dim / M;
  for (size_t i = 0, next = 0; i < dim;) {
    if (next < fetched) fetch_row(fetch, next++);
    const size_t end = std::min(i + part, dim);
#pragma GCC unroll 2
    for (; i < end; ++i, query += query_stride) {
      hn::Vec<Floats> q[N];
#pragma GCC unroll 2
      for (int n = 0; n < N; ++n) q[n] = hn::LoadU(d, query + static_cast<size_t>(n) * lanes);
#pragma GCC unroll 8
      for (int t = 0; t < M; ++t) {
        const auto k = hn::Set(d, rows[t * stride + static_cast<std::ptrdiff_t>(i)]);
#pragma GCC unroll 2
        for (int n = 0; n < N; ++n) acc[t][n] = hn::MulAdd(q[n], k, acc[t][n]);
      }
    }
  }
#pragma GCC unroll 8
  for (int t = 0; t < M; ++t)
#pragma GCC unroll 2
    for (int n = 0; n < N; ++n)
      hn::StoreU(acc[t][n], d, scores + static_cast<size_t>(t) * scores_stride + static_cast<size_t>(n) * lanes);
}

/// softmax_block for a vector of heads: scores, then weights, of token t at scores[t · stride].
HWY_INLINE hn::Vec<Floats> soften_wide(Floats d, float* HWY_RESTRICT scores, size_t stride, size_t tokens,
                                       const float* HWY_RESTRICT key_scale, const float* HWY_RESTRICT value_scale,
                                       float* HWY_RESTRICT top, float* HWY_RESTRICT sum) {
  const auto old = hn::LoadU(d, top);
  auto raised = old;
  for (size_t t = 0; t < tokens; ++t) {
    auto s = hn::LoadU(d, scores + t * stride);
    if (key_scale != nullptr) {
      s = hn::Mul(s, hn::Set(d, key_scale[t]));
      hn::StoreU(s, d, scores + t * stride);
    }
    raised = hn::Max(raised, s);
  }
  auto total = hn::Zero(d);
#pragma GCC unroll 2
  for (size_t t = 0; t < tokens; ++t) {
    const auto x = hn::Sub(hn::LoadU(d, scores + t * stride), raised);
    // hn::Exp turns NaN into 0, which would hide a broken input.
    auto w = hn::IfThenElse(hn::IsNaN(x), x, hn::Exp(d, x));
    total = hn::Add(total, w);
    if (value_scale != nullptr) w = hn::Mul(w, hn::Set(d, value_scale[t]));
    hn::StoreU(w, d, scores + t * stride);
  }
  const auto before = hn::IfThenElse(hn::Eq(old, raised), hn::Set(d, 1.0f), hn::Exp(d, hn::Sub(old, raised)));
  hn::StoreU(hn::MulAdd(hn::LoadU(d, sum), before, total), d, sum);
  hn::StoreU(raised, d, top);
  return before;
}

template <class T>
class WideHeads : private PackedHeads<T> {
 public:
  using PackedHeads<T>::PackedHeads;

  void attend() {
    if (!task.same_query) turn_query();
    for (size_t t = task.begin; t < task.end; t += kBlockTokens) attend_block(t, std::min(t + kBlockTokens, task.end));
  }

 private:
  using Base = PackedHeads<T>;
  using Base::cache, Base::dim, Base::rows, Base::scratch, Base::stride, Base::task, Base::out;
  using typename Base::Slice;

  void turn_query() {
    float* HWY_RESTRICT to = scratch.query.data();
    for (size_t h = 0; h < task.group; ++h) {
      const float* HWY_RESTRICT from = task.query + h * stride;
      for (size_t i = 0; i < dim; ++i) to[i * heads + h] = from[i];
    }
  }

  void attend_block(size_t begin, size_t end) {
    const bool direct = this->in_place(begin, end, kWideTokens);
    score(begin, end, direct);
    soften(begin, end);
    if (!direct) this->widen(cache.values, begin, end);
    weigh<4>(begin, end, direct, 0);
  }

  /// Adds the block's values to all results: columns outside, so that those of a few vectors stay in the first level.
  template <int N>
  void weigh(size_t begin, size_t end, bool direct, size_t column) {
    const size_t width = N * hn::Lanes(Floats());
    for (; column + width <= dim; column += width) weigh_columns<N, false>(begin, end, direct, column);
    if constexpr (N > 1)
      weigh<N / 2>(begin, end, direct, column);
    else if (column < dim)
      weigh_columns<1, true>(begin, end, direct, column);
  }

  template <int N, bool End>
  HWY_INLINE void weigh_columns(size_t begin, size_t end, bool direct, size_t column) {
    this->for_heads([&]<int H>(size_t h, const Slice& slice) HWY_ATTR {
      this->for_runs(cache.values, begin, end, [&](const RowRun<T>& run, size_t at) HWY_ATTR {
        const Fetch fetch = column == 0 ? this->fetch_next_keys(end, at, slice) : Fetch{};
        const Weights by{scratch.scores.data() + at * heads + h, 1, heads,
                         at == 0 ? scratch.scale.data() + h : nullptr};
        weigh_rows<H, N, End>(Floats(), by, this->floats(run, at, direct), fetch, column, dim,
                              out.weighted + h * stride, stride);
      });
    });
  }

  /// While keys are multiplied the values of the same tokens are fetched. Behind the last token up to kWideTokens - 1
  /// scores are computed that nobody uses.
  void score(size_t begin, size_t end, bool direct) {
    const Floats d;
    const size_t lanes = hn::Lanes(d);
    for (size_t t = 0; t < end - begin; t += kWideTokens) {
      const auto values = rows.template run<T>(cache.values, begin + t, end);
      const Fetch fetch = this->fetch_of(values.first, 64);
      size_t fetched = std::min<size_t>(values.count, kWideTokens);
      if (!direct) this->widen(cache.keys, begin + t, std::min(begin + t + kWideTokens, end));
      const auto keys = this->floats(rows.template run<T>(cache.keys, begin + t, end), 0, direct);
      float* scores = scratch.scores.data() + t * heads;
      const float* query = scratch.query.data();
      size_t h = 0;
      for (; h + lanes < task.group; h += 2 * lanes, fetched = 0)
        score_wide<2>(d, query + h, heads, keys.first, keys.stride, dim, fetch, fetched, scores + h, heads);
      if (h < task.group)
        score_wide<1>(d, query + h, heads, keys.first, keys.stride, dim, fetch, fetched, scores + h, heads);
    }
  }

  void soften(size_t begin, size_t end) {
    const Floats d;
    const auto [key_scales, value_scales] = this->scales(begin, end);
    for (size_t h = 0; h < task.group; h += hn::Lanes(d))
      hn::StoreU(soften_wide(d, scratch.scores.data() + h, heads, end - begin, key_scales, value_scales, out.top + h,
                             out.sum + h),
                 d, scratch.scale.data() + h);
  }

  const size_t heads = padded(task.group);  ///< of a row of turned queries and scores
};

}  // namespace roofcast::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
