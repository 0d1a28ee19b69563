#pragma once

#include <algorithm>
#include <cstddef>

#include "core/result.hpp"
#include "hwmodels/kernels/kv_element.hpp"

namespace roofcast::kernels {

/// One attention layer as a decode kernel sees it. MHA is `kv_heads == query_heads`, MQA is `kv_heads == 1`.
struct AttentionShape {
  int query_heads = 1;
  int kv_heads = 1;
  int head_dim = 128;
  int window = 0;  ///< tokens that a query sees; 0: all
  KvElement kv = KvElement::fp32;

  /// Query heads that share one KV head.
  [[nodiscard]] int group() const { return query_heads / kv_heads; }
  /// Of `context` cached tokens the first one that is read.
  [[nodiscard]] int first_token(int context) const { return window > 0 ? std::max(0, context - window) : 0; }

  friend bool operator==(const AttentionShape&, const AttentionShape&) = default;
};

/// The largest head_dim that the kernels keep scratch memory for.
inline constexpr int kMaxHeadDim = 1024;

/// Everything the kernels cannot take, each as one error; `where` labels them.
[[nodiscard]] Errors shape_problems(const AttentionShape& shape, std::string_view where);

}  // namespace roofcast::kernels
