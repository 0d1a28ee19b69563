// What streamed and packed heads have in common. Compiled once per instruction set.

#if defined(ROOFCAST_CHUNK_BLOCK_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ROOFCAST_CHUNK_BLOCK_INL_H
#undef ROOFCAST_CHUNK_BLOCK_INL_H
#else
#define ROOFCAST_CHUNK_BLOCK_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <type_traits>

#include "hwmodels/kernels/attend_chunk.hpp"
#include "hwmodels/kernels/softmax_block-inl.h"
#include "hwmodels/kernels/weigh_rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace roofcast::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// A chunk with elements of type T, worked on in blocks of tokens.
template <class T>
struct ChunkBlocks {
  ChunkBlocks(const ChunkTask& chunk, ChunkScratch& room, const SoftmaxPart& result)
      : task{chunk},
        rows{chunk.rows},
        cache{*chunk.rows.cache},
        dim{static_cast<size_t>(chunk.rows.head_dim)},
        row_bytes{dim * sizeof(T)},
        stride{padded(dim)},
        scratch{room},
        out{result} {}

  /// Calls with the runs of rows of tokens [begin, end) and the position of each run's first token among them.
  template <class Visit>
  HWY_INLINE void for_runs(const KvRows& kv, size_t begin, size_t end, const Visit& visit) const {
    for (size_t t = begin; t < end;) {
      const auto run = rows.template run<T>(kv, t, end);
      visit(run, t - begin);
      t += run.count;
    }
  }

  /// What to fetch for a run of rows of which the first is this one; nothing for nullptr.
  [[nodiscard]] Fetch fetch_of(const T* first, size_t step) const {
    const std::ptrdiff_t bytes = cache.keys.token_stride * static_cast<std::ptrdiff_t>(sizeof(T));
    return {reinterpret_cast<const char*>(first), bytes, first == nullptr ? 0 : row_bytes, step};
  }

  /// Scores of the tokens [begin, end) become weights, for all heads; those of the first head are row `first_row` of
  /// scratch.scores. What was accumulated so far is to be rescaled with scratch.scale.
  void soften(size_t begin, size_t end, size_t first_row) {
    const auto [key_scales, value_scales] = scales(begin, end);
    for (size_t h = 0; h < task.group; ++h)
      scratch.scale[first_row + h] = softmax_block(Floats(), scratch.scores.data() + (first_row + h) * kBlockTokens,
                                                   end - begin, key_scales, value_scales, out.top[h], out.sum[h]);
  }

  /// Weights in row `row` of scratch.scores and those below, of the run whose first token has position `at` in its
  /// block. A block's first run rescales what was there before.
  [[nodiscard]] Weights weights(size_t row, size_t at) const {
    return {scratch.scores.data() + row * kBlockTokens + at, kBlockTokens, 1,
            at == 0 ? scratch.scale.data() + row : nullptr};
  }

  /// Adds a run to the results of heads `head` ... `head` + H - 1. Columns are taken N vectors at a time, then N/2,
  /// ..., then the end of the row.
  template <int H, int N, class Row>
  HWY_INLINE void weigh(size_t head, const Weights& by, const RowRun<Row>& run, Fetch fetch, size_t column = 0) {
    const Floats d;
    float* weighted = out.weighted + head * stride;
    const size_t width = static_cast<size_t>(N) * hn::Lanes(d);
    for (; column + width <= dim; column += width, fetch.bytes = 0)
      weigh_rows<H, N, false>(d, by, run, fetch, column, dim, weighted, stride);
    if constexpr (N > 1)
      weigh<H, N / 2>(head, by, run, fetch, column);
    else if (column < dim)
      weigh_rows<H, 1, true>(d, by, run, fetch, column, dim, weighted, stride);
  }

  const ChunkTask& task;
  const HeadRows& rows;
  const KvCacheView& cache;
  size_t dim;
  size_t row_bytes;
  size_t stride;  ///< of queries, results and widened rows, in floats
  ChunkScratch& scratch;
  const SoftmaxPart& out;

 protected:
  /// Scales of keys and of values.
  struct Scales {
    const float* keys = nullptr;
    const float* values = nullptr;
  };

  /// Those of the tokens [begin, end); nothing for elements that have none.
  Scales scales(size_t begin, size_t end) {
    if constexpr (std::is_same_v<T, int8_t>)
      return {scales_of(cache.keys, begin, end, scratch.key_scales.data()),
              scales_of(cache.values, begin, end, scratch.value_scales.data())};
    else
      return {};
  }

 private:
  /// The scales of the rows, one after the other: where they lie if they do, else copied and filled up with ones to
  /// whole vectors (a score of -infinity times 0 would be NaN).
  const float* scales_of(const KvRows& kv, size_t begin, size_t end, float* HWY_RESTRICT to) const {
    const auto whole = rows.template run<T>(kv, begin, end);
    if (whole.scale_stride == 1 && whole.count == end - begin && whole.count % kFloatsPad == 0) return whole.scales;
    for_runs(kv, begin, end, [&](const RowRun<T>& run, size_t at) {
      for (size_t i = 0; i < run.count; ++i) to[at + i] = run.scales[static_cast<std::ptrdiff_t>(i) * run.scale_stride];
    });
    std::fill(to + (end - begin), to + padded(end - begin), 1.0f);
    return to;
  }
};

}  // namespace roofcast::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
