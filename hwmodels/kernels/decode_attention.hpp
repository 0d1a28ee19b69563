#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "core/roofline.hpp"
#include "hwmodels/kernels/attend_chunk.hpp"
#include "hwmodels/kernels/attention_shape.hpp"
#include "hwmodels/kernels/kv_cache_view.hpp"
#include "hwmodels/kernels/split_kv.hpp"
#include "hwmodels/kernels/thread_team.hpp"

namespace roofcast::kernels {

/// Decode attention on CPUs: one query token per sequence against its KV cache. A KV row is read once for all the
/// query heads that share it (GQA packing), softmax is online, long sequences are split over the team's threads.
/// Planned once for a batch, then run any number of times without allocating.
class DecodeAttention {
 public:
  /// `contexts` are the cached tokens of each sequence, the current one included. Refuses before it allocates.
  [[nodiscard]] static Result<DecodeAttention> create(const AttentionShape& shape, std::vector<int> contexts,
                                                      ThreadTeam& team);

  /// query, out: [batch][query_heads][head_dim]. The cache must have the shape's element and hold every token.
  void run(std::span<const float> query, const KvCacheView& cache, std::span<float> out);

  [[nodiscard]] const AttentionShape& shape() const { return shape_; }
  [[nodiscard]] std::span<const KvChunk> chunks() const { return chunks_; }

 private:
  DecodeAttention(const AttentionShape& shape, std::vector<int> contexts, ThreadTeam& team);

  struct alignas(kLineBytes) Desk {  ///< what one thread works with
    ChunkScratch scratch{};
    LineFloats query{};        ///< scaled and padded
    std::size_t query_of = 0;  ///< head that it is of, and in which run
    std::size_t query_run = 0;
    LineFloats part{};  ///< result of a chunk that is a whole head
  };
  /// What one thread's range of chunks has of a split head: merged by who finishes the range, out of its own cache.
  struct Stretch {
    std::size_t head = 0;  ///< KV heads counted over the batch
    int first_slot = 0;    ///< where all of it is in the end
    int parts = 0;
    bool whole = false;  ///< all of the head: nothing is left to be merged
  };
  struct SpreadHead {  ///< a head with stretches in several ranges
    std::size_t head = 0;
    std::vector<SoftmaxPart> parts{};  ///< its stretches, in the order of tokens
  };
  /// Work of one thread; who has finished helps the others.
  struct alignas(kLineBytes) Range {
    std::atomic<std::size_t> next{0};
    std::size_t end = 0;
    std::atomic<std::size_t> left{0};  ///< not done yet
  };

  void plan_merges();
  [[nodiscard]] std::size_t item(const KvChunk& chunk) const;  ///< KV heads counted over the batch
  [[nodiscard]] SoftmaxPart part_in(float* memory) const;
  [[nodiscard]] SoftmaxPart part_at(int slot);
  [[nodiscard]] HeadRows rows_of(const KvChunk& chunk, const KvCacheView& cache) const;
  [[nodiscard]] float* result_of(std::size_t head, std::span<float> out) const;
  void attend(std::size_t number, std::span<const float> query, const KvCacheView& cache, std::span<float> out,
              Desk& desk);
  void merge(const Stretch& stretch, std::span<float> out);

  /// Calls work(i, rank) once for every i below `count`, and done(r) once when all of range r is. Each thread begins
  /// with a range of its own, the same in every run: what it left in its core's caches is there again.
  template <class Work, class Done>
  void share(std::size_t count, const Work& work, const Done& done);

  AttentionShape shape_;
  std::vector<int> contexts_;
  ThreadTeam* team_;
  std::vector<KvChunk> chunks_;
  std::vector<std::vector<Stretch>> stretches_{};  ///< by range
  std::vector<SpreadHead> spread_heads_{};
  std::size_t part_floats_ = 0;
  std::vector<Desk> desks_;
  LineFloats parts_{};  ///< of split heads, by slot
  std::size_t runs_ = 0;
  std::unique_ptr<Range[]> ranges_;  ///< one per thread
};

/// What one run moves and computes: rows of K and V once per KV head (int8 with their scales), queries and results,
/// 4 FLOP per query head, token and dimension. Equals (A4) of core/attention plus the fp32 queries and results.
[[nodiscard]] Cost decode_attention_cost(const AttentionShape& shape, std::span<const int> contexts);

/// The same in double, token by token, row by row: slow on purpose, obviously right, for tests.
void decode_attention_reference(const AttentionShape& shape, std::span<const int> contexts,
                                std::span<const float> query, const KvCacheView& cache, std::span<double> out);

}  // namespace roofcast::kernels
