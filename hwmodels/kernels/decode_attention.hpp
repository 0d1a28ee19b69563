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

  struct Desk {  ///< what one thread works with
    ChunkScratch scratch{};
    std::vector<float> query{};  ///< scaled and padded
    std::vector<float> part{};   ///< result of a chunk that is a whole head
  };
  struct SplitHead {              ///< a KV head whose tokens are in more than one chunk
    std::size_t first_query = 0;  ///< of its query heads, counted over the batch
    int first_slot = 0;
    int parts = 0;
  };

  [[nodiscard]] std::size_t item(const KvChunk& chunk) const;  ///< KV heads counted over the batch
  [[nodiscard]] SoftmaxPart part_in(float* memory) const;
  [[nodiscard]] HeadRows rows_of(const KvChunk& chunk, const KvCacheView& cache) const;
  void attend(std::size_t number, std::span<const float> query, const KvCacheView& cache, std::span<float> out,
              Desk& desk);
  void merge(std::size_t split_query_head, std::span<float> out);
  /// Work of one thread; who has finished helps the others.
  struct alignas(64) Range {
    std::atomic<std::size_t> next{0};
    std::size_t end = 0;
  };

  /// Calls work(i, rank) once for every i below `count`. Each thread begins with a share of its own, the same in every
  /// run: what it left in its core's caches is there again.
  template <class Work>
  void share(std::size_t count, const Work& work);

  AttentionShape shape_;
  std::vector<int> contexts_;
  ThreadTeam* team_;
  std::vector<KvChunk> chunks_;
  std::vector<SplitHead> split_heads_{};
  std::size_t part_floats_ = 0;
  std::vector<Desk> desks_;
  std::vector<float> parts_{};       ///< of split heads, by slot
  std::unique_ptr<Range[]> ranges_;  ///< one per thread
};

/// What one run moves and computes: rows of K and V once per KV head (int8 with their scales), queries and results,
/// 4 FLOP per query head, token and dimension. Equals (A4) of core/attention plus the fp32 queries and results.
[[nodiscard]] Cost decode_attention_cost(const AttentionShape& shape, std::span<const int> contexts);

/// The same in double, token by token, row by row: slow on purpose, obviously right, for tests.
void decode_attention_reference(const AttentionShape& shape, std::span<const int> contexts,
                                std::span<const float> query, const KvCacheView& cache, std::span<double> out);

}  // namespace roofcast::kernels
