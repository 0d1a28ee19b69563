#pragma once

#include <cstdint>
#include <vector>

#include "core/result.hpp"
#include "hwmodels/kernels/attention_shape.hpp"
#include "hwmodels/kernels/kv_cache_view.hpp"
#include "hwmodels/kernels/page_memory.hpp"

namespace roofcast::kernels {

/// How rows follow each other inside a page.
enum class KvOrder {
  heads_first,   ///< [head][token][dim]: a head's rows touch (FlashInfer's HND, ggml's usual)
  tokens_first,  ///< [token][head][dim] (vLLM's NHD, llama.cpp's cache)
};

/// A KV cache of one layer to measure or test a kernel with.
struct KvCacheSpec {
  AttentionShape shape{};
  std::vector<int> contexts{};  ///< cached tokens of each sequence
  int page_tokens = 0;          ///< 0: contiguous; else pages of so many tokens, in no order
  KvOrder order = KvOrder::heads_first;
  PageSize memory = PageSize::huge;
  int skew = 0;  ///< elements by which every row is displaced, to have misaligned pointers
};

/// Bytes of K and V with their scales.
[[nodiscard]] Bytes cache_bytes(const KvCacheSpec& spec);

/// Memory of a cache, filled with pseudo-random values of [-1, 1) that depend on the seed alone.
class KvCache {
 public:
  /// Refuses a shape that the kernels cannot take or a size that is not there, before it allocates.
  [[nodiscard]] static Result<KvCache> create(const KvCacheSpec& spec, std::uint64_t seed);

  /// Valid as long as the cache lives, also after it was moved.
  [[nodiscard]] KvCacheView view() const;
  [[nodiscard]] const KvCacheSpec& spec() const { return spec_; }
  /// K first, then V.
  [[nodiscard]] std::span<std::byte> elements() const { return memory_.bytes(); }
  [[nodiscard]] double huge_share() const { return memory_.huge_share(); }

 private:
  KvCache() = default;

  KvCacheSpec spec_{};
  PageMemory memory_{};
  std::size_t side_ = 0;               ///< bytes of K, and of V
  std::vector<float> scales_{};        ///< int8: of K, then of V
  std::vector<std::int32_t> pages_{};  ///< [batch][pages_per_sequence_]
  int pages_per_sequence_ = 0;
};

}  // namespace roofcast::kernels
