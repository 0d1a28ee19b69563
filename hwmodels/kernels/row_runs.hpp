#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "hwmodels/kernels/kv_cache_view.hpp"

namespace roofcast::kernels {

/// Rows of consecutive tokens of one KV head at equal distances: what can be walked without looking anything up.
template <class T>
struct RowRun {
  const T* first = nullptr;
  std::ptrdiff_t stride = 0;
  std::size_t count = 0;
  const float* scales = nullptr;  ///< int8 only
  std::ptrdiff_t scale_stride = 0;

  [[nodiscard]] const T* row(std::size_t i) const { return first + static_cast<std::ptrdiff_t>(i) * stride; }
  /// Rows [from, from + rows).
  [[nodiscard]] RowRun part(std::size_t from, std::size_t rows) const {
    const auto skipped = static_cast<std::ptrdiff_t>(from);
    return {row(from), stride, rows, scales == nullptr ? nullptr : scales + skipped * scale_stride, scale_stride};
  }
};

/// Bytes to ask for while a run of rows is worked on: those of row t at first + t · stride.
struct Fetch {
  const char* first = nullptr;
  std::ptrdiff_t stride = 0;  ///< in bytes
  std::size_t bytes = 0;      ///< 0: nothing
  std::size_t step = 64;      ///< between two requests
};

/// One KV head of one sequence.
struct HeadRows {
  const KvCacheView* cache = nullptr;
  std::ptrdiff_t head = 0;
  const std::int32_t* pages = nullptr;  ///< of this sequence; nullptr: `sequence` is its only page
  std::ptrdiff_t sequence = 0;
  std::ptrdiff_t head_dim = 0;

  /// The rows of tokens [token, end) up to the end of the page; never empty.
  template <class T>
  [[nodiscard]] RowRun<T> run(const KvRows& rows, std::size_t token, std::size_t end) const {
    std::ptrdiff_t page = sequence;
    std::size_t slot = token, count = end - token;
    if (pages != nullptr) {
      const auto page_tokens = static_cast<std::size_t>(cache->page_tokens);
      page = pages[token >> std::countr_zero(page_tokens)];
      slot = token & (page_tokens - 1);
      count = std::min(count, page_tokens - slot);
    }
    const std::ptrdiff_t offset = rows.offset(page, head, static_cast<std::ptrdiff_t>(slot));
    return {.first = reinterpret_cast<const T*>(rows.data) + offset,
            .stride = rows.token_stride,
            .count = count,
            .scales = rows.scales == nullptr ? nullptr : rows.scales + offset / head_dim,
            .scale_stride = rows.token_stride / head_dim};
  }
};

}  // namespace roofcast::kernels
