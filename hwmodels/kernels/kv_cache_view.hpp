#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "hwmodels/kernels/kv_element.hpp"

namespace roofcast::kernels {

/// Where the rows of K (or of V) lie. Strides count elements; a row of head_dim elements is dense.
/// Rows of different tokens, heads and pages may lie anywhere, so every engine's order can be described:
/// [page][head][slot][dim] and [page][slot][head][dim] alike. A pointer need not be aligned beyond its element.
struct KvRows {
  const std::byte* data = nullptr;
  std::ptrdiff_t page_stride = 0;
  std::ptrdiff_t head_stride = 0;
  std::ptrdiff_t token_stride = 0;
  /// int8: value = element · scale. In the order of the rows, without their last dimension: the scale of the
  /// row at element offset x is scales[x / head_dim].
  const float* scales = nullptr;

  [[nodiscard]] std::ptrdiff_t offset(std::ptrdiff_t page, std::ptrdiff_t head, std::ptrdiff_t slot) const {
    return page * page_stride + head * head_stride + slot * token_stride;
  }
};

/// A KV cache of one layer, contiguous or paged. Token t of sequence s is slot t % page_tokens of page
/// pages[s · pages_per_sequence + t / page_tokens]. Contiguous: no page table, page s is sequence s.
struct KvCacheView {
  KvElement element = KvElement::fp32;
  KvRows keys{};
  KvRows values{};
  int page_tokens = 0;                    ///< 0: contiguous; else a power of two
  std::span<const std::int32_t> pages{};  ///< [batch][pages_per_sequence]
  int pages_per_sequence = 0;
};

}  // namespace roofcast::kernels
