#pragma once

#include <span>
#include <vector>

#include "core/host_attention.hpp"  // how long chunks are: the model of their time knows it too
#include "hwmodels/kernels/attention_shape.hpp"

namespace roofcast::kernels {

/// Tokens of one KV head of one sequence: what one thread attends in one go.
struct KvChunk {
  int sequence = 0;
  int kv_head = 0;
  int begin = 0;  ///< first token
  int end = 0;    ///< behind the last one
  int part = 0;   ///< which of the head's `parts` this is
  int parts = 1;
  int slot = 0;  ///< number among all chunks of split heads: where a partial result is kept

  friend bool operator==(const KvChunk&, const KvChunk&) = default;
};

/// The work of one decode step, cut so that `threads` threads that take chunks in order finish at about the same
/// time: whole KV heads where there are enough of them, else parts of heads (split KV). Every token that a query
/// sees is in exactly one chunk, and the cuts depend on nothing but the arguments: results do not depend on timing.
[[nodiscard]] std::vector<KvChunk> split_kv(const AttentionShape& shape, std::span<const int> contexts, int threads);

}  // namespace roofcast::kernels
