// Three or more query heads per KV head: a block of rows is widened to fp32 once and stays in the first cache levels,
// where register tiles of heads x tokens and heads x columns work on it. Compiled once per instruction set.

#if defined(ROOFCAST_PACKED_HEADS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ROOFCAST_PACKED_HEADS_INL_H
#undef ROOFCAST_PACKED_HEADS_INL_H
#else
#define ROOFCAST_PACKED_HEADS_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>

#include "hwmodels/kernels/chunk_block-inl.h"
#include "hwmodels/kernels/lane_sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace roofcast::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Tokens per block: 32 rows of 128 floats leave half of a first-level cache of 32 KiB for queries and results.
constexpr size_t kPackedTokens = 32;
constexpr int kHeadsTile = kManyRegisters ? 4 : 2;

/// The run's rows as fp32 at to[t][..], padded with zeros to whole vectors.
template <class T>
HWY_INLINE void widen_rows(Floats d, const RowRun<T>& run, size_t dim, float* HWY_RESTRICT to, size_t to_stride) {
  const size_t lanes = hn::Lanes(d);
  const T* HWY_RESTRICT row = run.first;
  for (size_t t = 0; t < run.count; ++t, row += run.stride, to += to_stride) {
    size_t i = 0;
    for (; i + lanes <= dim; i += lanes) hn::StoreU(load_row(d, row + i), d, to + i);
    if (i < dim) hn::StoreU(load_row_end(d, row + i, dim - i), d, to + i);
  }
}

/// scores[h][t] = query[h] · row[t] for H heads and 4 tokens.
template <int H>
HWY_INLINE void score_tile(Floats d, const float* HWY_RESTRICT query, size_t query_stride,
                           const float* HWY_RESTRICT rows, std::ptrdiff_t stride, size_t dim,
                           float* HWY_RESTRICT scores, size_t scores_stride) {
  const size_t lanes = hn::Lanes(d);
  hn::Vec<Floats> acc[H][4];
#pragma GCC unroll 4
  for (int h = 0; h < H; ++h)
#pragma GCC unroll 4
    for (int n = 0; n < 4; ++n) acc[h][n] = hn::Zero(d);
  const auto step = [&](size_t i, auto load) HWY_ATTR {
    hn::Vec<Floats> row[4];
#pragma GCC unroll 4
    for (int n = 0; n < 4; ++n) row[n] = load(rows + n * stride + static_cast<std::ptrdiff_t>(i));
#pragma GCC unroll 4
    for (int h = 0; h < H; ++h) {
      const auto q = hn::LoadU(d, query + static_cast<size_t>(h) * query_stride + i);
#pragma GCC unroll 4
      for (int n = 0; n < 4; ++n) acc[h][n] = hn::MulAdd(q, row[n], acc[h][n]);
    }
  };
  size_t i = 0;
  for (; i + lanes <= dim; i += lanes) step(i, [&](const float* p) HWY_ATTR { return hn::LoadU(d, p); });
  if (i < dim) step(i, [&](const float* p) HWY_ATTR { return load_row_end(d, p, dim - i); });
#pragma GCC unroll 4
  for (int h = 0; h < H; ++h)
    store_sums(d, acc[h][0], acc[h][1], acc[h][2], acc[h][3], scores + static_cast<size_t>(h) * scores_stride);
}

/// Any number of query heads over the rows of one KV head.
template <class T>
class PackedHeads : protected ChunkBlocks<T> {
 public:
  using ChunkBlocks<T>::ChunkBlocks;

  void attend() {
    for (size_t t = task.begin; t < task.end; t += kPackedTokens)
      attend_block(t, std::min(t + kPackedTokens, task.end));
  }

 protected:
  using Base = ChunkBlocks<T>;
  using Base::cache, Base::dim, Base::row_bytes, Base::rows, Base::scratch, Base::stride, Base::task;

  /// Which bytes of every row a tile of heads fetches: each byte is fetched once, and at an even pace.
  struct Slice {
    size_t offset = 0;
    size_t bytes = 0;
  };

  /// While the keys are multiplied the values are fetched, while those are weighed the next keys.
  void attend_block(size_t begin, size_t end) {
    const bool direct = in_place(begin, end, 4);
    if (!direct) widen(cache.keys, begin, end);
    for_heads([&]<int H>(size_t h, const Slice& slice) HWY_ATTR { score_heads<H>(h, begin, end, direct, slice); });
    this->soften(begin, end, 0);
    if (!direct) widen(cache.values, begin, end);
    for_heads([&]<int H>(size_t h, const Slice& slice) HWY_ATTR { weigh_heads<H>(h, begin, end, direct, slice); });
  }

  /// Whether rows are used where they lie: those of fp32, if no tile of so many tokens crosses a page.
  [[nodiscard]] bool in_place(size_t begin, size_t end, size_t tile) const {
    const bool whole = cache.pages.empty() || (static_cast<size_t>(cache.page_tokens) % tile == 0 && begin % tile == 0);
    return std::is_same_v<T, float> && (end - begin) % tile == 0 && whole;
  }

  void widen(const KvRows& kv, size_t begin, size_t end) {
    this->for_runs(kv, begin, end, [&](const RowRun<T>& run, size_t at) HWY_ATTR {
      widen_rows(Floats(), run, dim, scratch.rows.data() + at * stride, stride);
    });
  }

  template <class Visit>
  HWY_INLINE void for_heads(const Visit& visit) const {
    const size_t tiles = (task.group + kHeadsTile - 1) / kHeadsTile;
    const size_t step = (row_bytes / tiles + 63) / 64 * 64;
    size_t offset = 0;
    const auto slice = [&] {
      const Slice s{offset, std::min(step, row_bytes - offset)};
      offset += s.bytes;
      return s;
    };
    size_t h = 0;
    for (; h + kHeadsTile <= task.group; h += kHeadsTile) visit.template operator()<kHeadsTile>(h, slice());
    switch (task.group - h) {
      case 3:
        return visit.template operator()<3>(h, slice());
      case 2:
        return visit.template operator()<2>(h, slice());
      case 1:
        return visit.template operator()<1>(h, slice());
      default:
        return;
    }
  }

  [[nodiscard]] Fetch fetch_slice(const T* first, const Slice& slice) const {
    Fetch fetch = this->fetch_of(first, 64);
    fetch.first += slice.offset;
    fetch.bytes = slice.bytes;
    return fetch;
  }

  /// The rows of a run whose first token has position `at`, as floats: where they lie, or the widened ones.
  [[nodiscard]] RowRun<float> floats(const RowRun<T>& run, size_t at, bool direct) const {
    if constexpr (std::is_same_v<T, float>)
      if (direct) return run;
    return {
        .first = scratch.rows.data() + at * stride, .stride = static_cast<std::ptrdiff_t>(stride), .count = run.count};
  }

  template <int H>
  HWY_INLINE void score_heads(size_t h, size_t begin, size_t end, bool direct, const Slice& slice) {
    for (size_t t = 0; t < end - begin; t += 4) {
      const auto values = rows.template run<T>(cache.values, begin + t, end);
      const Fetch fetch = fetch_slice(values.first, slice);
      for (size_t n = 0; n < std::min<size_t>(values.count, 4); ++n) fetch_row(fetch, n);
      const auto keys = floats(rows.template run<T>(cache.keys, begin + t, end), t, direct);
      score_tile<H>(Floats(), task.query + h * stride, stride, keys.first, keys.stride, dim,
                    scratch.scores.data() + h * kBlockTokens + t, kBlockTokens);
    }
  }

  /// What to fetch while values of the block that ends at `end` are weighed: the key at the same position of the next.
  [[nodiscard]] Fetch fetch_next_keys(size_t end, size_t at, const Slice& slice) const {
    if (end + at >= task.end) return {};
    return fetch_slice(rows.template run<T>(cache.keys, end + at, task.end).first, slice);
  }

  template <int H>
  HWY_INLINE void weigh_heads(size_t h, size_t begin, size_t end, bool direct, const Slice& slice) {
    this->for_runs(cache.values, begin, end, [&](const RowRun<T>& run, size_t at) HWY_ATTR {
      const Fetch fetch = fetch_next_keys(end, at, slice);
      this->template weigh<H, H == 1 ? 8 : 4>(h, this->weights(h, at), floats(run, at, direct), fetch);
    });
  }
};

}  // namespace roofcast::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
