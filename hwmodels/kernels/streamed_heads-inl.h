// One or two query heads per KV head: every byte of the cache is used for two or four FLOP, so memory sets the pace.
// Rows are read strictly in their order and addressed by arithmetic. Several rows at a time, or addresses out of a
// table, lose the hardware prefetchers and with them half of the bandwidth. Compiled once per instruction set.

#if defined(ROOFCAST_STREAMED_HEADS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ROOFCAST_STREAMED_HEADS_INL_H
#undef ROOFCAST_STREAMED_HEADS_INL_H
#else
#define ROOFCAST_STREAMED_HEADS_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>

#include "hwmodels/kernels/chunk_block-inl.h"
#include "hwmodels/kernels/lane_sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace roofcast::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// K and V take turns after so many bytes: short enough that one is fetched while the other is used.
constexpr size_t kTurnBytes = 4096;
constexpr size_t kTurnGranule = 16;

/// partial[h][t] = a vector whose lanes sum up to query[h] · row[t], for H heads and every row of the run.
/// Vectors: in a row if known when compiled (then the queries stay in registers), else 0.
template <int H, int Vectors, class T>
HWY_INLINE void dot_rows(Floats d, const float* HWY_RESTRICT query, size_t query_stride, const RowRun<T>& run,
                         const Fetch& fetch, size_t dim, float* HWY_RESTRICT partial, size_t partial_stride) {
  const size_t lanes = hn::Lanes(d);
  hn::Vec<Floats> q[H][Vectors > 0 ? Vectors : 1];
  if constexpr (Vectors > 0) {
#pragma GCC unroll 2
    for (int h = 0; h < H; ++h)
#pragma GCC unroll 8
      for (int v = 0; v < Vectors; ++v)
        q[h][v] = hn::LoadU(d, query + static_cast<size_t>(h) * query_stride + static_cast<size_t>(v) * lanes);
  }
  const T* HWY_RESTRICT row = run.first;
#pragma GCC unroll 1
  for (size_t t = 0; t < run.count; ++t, row += run.stride) {
    fetch_row(fetch, t);
    hn::Vec<Floats> even[H], odd[H];
#pragma GCC unroll 2
    for (int h = 0; h < H; ++h) even[h] = odd[h] = hn::Zero(d);
    if constexpr (Vectors > 0) {
#pragma GCC unroll 8
      for (int v = 0; v < Vectors; ++v) {
        const auto x = load_row(d, row + static_cast<size_t>(v) * lanes);
#pragma GCC unroll 2
        for (int h = 0; h < H; ++h) {
          auto& sum = v % 2 == 0 ? even[h] : odd[h];
          sum = hn::MulAdd(q[h][v], x, sum);
        }
      }
    } else {
      size_t i = 0;
      for (; i + 2 * lanes <= dim; i += 2 * lanes) {
        const auto x = load_row(d, row + i), y = load_row(d, row + i + lanes);
#pragma GCC unroll 2
        for (int h = 0; h < H; ++h) {
          const float* HWY_RESTRICT at = query + static_cast<size_t>(h) * query_stride + i;
          even[h] = hn::MulAdd(hn::LoadU(d, at), x, even[h]);
          odd[h] = hn::MulAdd(hn::LoadU(d, at + lanes), y, odd[h]);
        }
      }
      for (; i < dim; i += lanes) {
        const auto x = load_row_end(d, row + i, dim - i);
#pragma GCC unroll 2
        for (int h = 0; h < H; ++h)
          even[h] = hn::MulAdd(hn::LoadU(d, query + static_cast<size_t>(h) * query_stride + i), x, even[h]);
      }
    }
#pragma GCC unroll 2
    for (int h = 0; h < H; ++h)
      hn::StoreU(hn::Add(even[h], odd[h]), d, partial + static_cast<size_t>(h) * partial_stride + t * kFloatsPad);
  }
}

/// H query heads over the rows of one KV head.
template <int H, class T>
class StreamedHeads : private ChunkBlocks<T> {
 public:
  using ChunkBlocks<T>::ChunkBlocks;

  /// The values of one turn are weighed after the keys of the next were multiplied: between them the softmax, a chain
  /// of dependent instructions, would leave the core idle.
  void attend() {
    const size_t last = task.end;
    // Rows of 8 bits for two heads wait for the core, not for memory: fewer, longer softmaxes.
    constexpr size_t kBytes = H == 2 && sizeof(T) == 1 ? 2 * kTurnBytes : kTurnBytes;
    const size_t turn = std::clamp(kBytes / row_bytes / kTurnGranule * kTurnGranule, kTurnGranule, kBlockTokens);
    size_t begin = task.begin, end = std::min(begin + turn, last);
    score(begin, end, 0);
    for (size_t odd = 0; begin < last; odd ^= 1) {
      const size_t next = std::min(end + turn, last);
      if (end < next) score(end, next, odd ^ 1);
      stream(cache.values, begin, end, [&](const RowRun<T>& run, size_t at, const Fetch& fetch) HWY_ATTR {
        this->template weigh<H, H == 1 || kManyRegisters ? 8 : 4>(0, this->weights(odd * H, at), run, fetch);
      });
      begin = end;
      end = next;
    }
  }

 private:
  using Base = ChunkBlocks<T>;
  using Base::cache, Base::dim, Base::row_bytes, Base::rows, Base::scratch, Base::stride, Base::task;

  /// Weights of the tokens [begin, end). Two turns are in flight: their rows of scratch.scores begin with odd · H.
  HWY_INLINE void score(size_t begin, size_t end, size_t odd) {
    constexpr size_t kPartial = kBlockTokens * kFloatsPad;
    const Floats d;
    float* partial = scratch.partial.data();
    stream(cache.keys, begin, end, [&](const RowRun<T>& run, size_t at, const Fetch& fetch) HWY_ATTR {
      float* to = partial + at * kFloatsPad;
      if (kManyRegisters && dim == 8 * hn::Lanes(d))
        dot_rows<H, 8>(d, task.query, stride, run, fetch, dim, to, kPartial);
      else if (kManyRegisters && dim == 4 * hn::Lanes(d))
        dot_rows<H, 4>(d, task.query, stride, run, fetch, dim, to, kPartial);
      else
        dot_rows<H, 0>(d, task.query, stride, run, fetch, dim, to, kPartial);
    });
    // Up to three sums behind the last token are computed and not used.
    for (size_t h = 0; h < H; ++h)
      for (size_t t = 0; t < end - begin; t += 4) {
        const float* at = partial + h * kPartial + t * kFloatsPad;
        store_sums(d, hn::LoadU(d, at), hn::LoadU(d, at + kFloatsPad), hn::LoadU(d, at + 2 * kFloatsPad),
                   hn::LoadU(d, at + 3 * kFloatsPad), scratch.scores.data() + (odd * H + h) * kBlockTokens + t);
      }
    this->soften(begin, end, odd * H);
  }

  /// A row of the chunk that comes next, so many tokens behind its first; nullptr where it has none. Without it every
  /// KV head would begin with rows that nobody fetched.
  [[nodiscard]] const T* row_of_next(const KvRows& kv, size_t skipped) const {
    const size_t token = task.next_begin + skipped;
    if (task.next.cache == nullptr || token >= task.next_end) return nullptr;
    return task.next.template run<T>(kv, token, token + 1).first;
  }

  /// Visits the rows of tokens [begin, end) in runs, each with its position and with what to fetch meanwhile: rows a
  /// little ahead, at the end of a page or a chunk those of a later one. Where a head's rows lie one after the other
  /// the hardware prefetchers do most of the work and asking for every other line keeps them going (in rows of fp32,
  /// twice as long, for every line); they know nothing of page tables and of rows with other heads' between them, and
  /// are late for rows of 8 bits, of which many tokens are in flight: there all is asked for, and earlier.
  template <class Visit>
  HWY_INLINE void stream(const KvRows& kv, size_t begin, size_t end, const Visit& visit) const {
    const bool paged = !cache.pages.empty();
    const bool scattered = paged || kv.token_stride != rows.head_dim;
    const bool early = scattered || sizeof(T) == 1;
    const size_t step = early || sizeof(T) == sizeof(float) ? 64 : 128;
    const size_t ahead = std::max<size_t>((paged ? 4096 : early ? 8192 : 2048) / row_bytes, 1);
    for (size_t t = begin; t < end;) {
      const auto run = rows.template run<T>(kv, t, task.end);
      const size_t here = std::min(run.count, end - t);
      const size_t own = std::min(run.count > ahead ? run.count - ahead : 0, here);
      if (own > 0) visit(run.part(0, own), t - begin, this->fetch_of(run.row(ahead), step));
      if (own < here) {
        // Out of a page of fewer tokens whole pages ahead, else rows ahead.
        const size_t later =
            paged ? t + own + std::max(run.count - own, ahead / run.count * run.count) : t + own + ahead;
        const T* next =
            later < task.end ? rows.template run<T>(kv, later, task.end).first : row_of_next(kv, later - task.end);
        visit(run.part(own, here - own), t - begin + own, this->fetch_of(next, step));
      }
      t += here;
    }
  }
};

}  // namespace roofcast::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
