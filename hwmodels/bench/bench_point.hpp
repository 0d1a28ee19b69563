#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/result.hpp"
#include "core/roofline.hpp"
#include "hwmodels/kernels/kv_cache.hpp"
#include "hwmodels/kernels/matrix_product.hpp"

namespace roofcast::bench {

/// Attention of one decode step: sequences of equal length.
struct AttentionPoint {
  kernels::AttentionShape shape{};
  int batch = 1;
  int context = 1024;
  int page_tokens = 0;  ///< 0: contiguous
  kernels::KvOrder order = kernels::KvOrder::heads_first;

  [[nodiscard]] kernels::KvCacheSpec cache() const;

  friend bool operator==(const AttentionPoint&, const AttentionPoint&) = default;
};

/// What one row measures.
using BenchPoint = std::variant<AttentionPoint, kernels::MatrixShape>;

/// What one run moves and computes.
[[nodiscard]] Cost cost_of(const BenchPoint& point);

/// Memory that measuring takes.
[[nodiscard]] Bytes memory_of(const BenchPoint& point);

/// "decode_attention heads 32/8, dim 128, batch 1, context 4096, bf16"
[[nodiscard]] std::string text_of(const BenchPoint& point);

/// Everything that the kernels cannot take, told before anything is allocated: shapes, and sizes over `available`.
[[nodiscard]] Errors bench_problems(const std::vector<BenchPoint>& points, Bytes available);

}  // namespace roofcast::bench
