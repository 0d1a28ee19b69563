#pragma once

/// The inside of the decode kernel: what one thread does with one chunk. Not for users of the kernel.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "hwmodels/kernels/line_vector.hpp"
#include "hwmodels/kernels/row_runs.hpp"

namespace roofcast::kernels {

/// Tokens whose scores are kept at once: their K and V stay in the first cache levels.
inline constexpr std::size_t kBlockTokens = 64;
/// How many floats a row of scratch is rounded up to, so that the widest vectors need no tail.
inline constexpr std::size_t kFloatsPad = 16;

[[nodiscard]] constexpr std::size_t padded(std::size_t floats) {
  return (floats + kFloatsPad - 1) / kFloatsPad * kFloatsPad;
}

/// Softmax over a part of the tokens, kept unnormalised so that parts can be merged.
/// attention = Σ weighted / Σ sum after both were scaled by exp(top - common top).
struct SoftmaxPart {
  float* weighted = nullptr;  ///< [group][padded(head_dim)] Σ exp(score - top) · V
  float* top = nullptr;       ///< [padded(group)] largest score
  float* sum = nullptr;       ///< [padded(group)] Σ exp(score - top)
};

/// One chunk of one KV head.
struct ChunkTask {
  HeadRows rows{};
  const float* query = nullptr;  ///< [group][padded(head_dim)], times 1/√head_dim, padding zero
  bool same_query = false;       ///< as that of the chunk before it with the same scratch
  std::size_t group = 1;
  std::size_t begin = 0;
  std::size_t end = 0;
  /// What the same thread will probably attend next, to have its first rows fetched in time; no cache: nothing.
  HeadRows next{};
  std::size_t next_begin = 0;
  std::size_t next_end = 0;
};

/// Scratch of one thread.
struct ChunkScratch {
  LineFloats scores{};        ///< scores of a block, then its weights: [group, at least 4][kBlockTokens], or turned
  LineFloats query{};         ///< [row][padded(group)] the query turned, for heads in lanes
  LineFloats scale{};         ///< [group, at least 4] of what was accumulated before the block
  LineFloats rows{};          ///< [kBlockTokens][padded(head_dim)] rows of a block, widened to fp32
  LineFloats partial{};       ///< [2][kBlockTokens][kFloatsPad] lanes of dot products
  LineFloats key_scales{};    ///< [kBlockTokens] int8 only
  LineFloats value_scales{};  ///< [kBlockTokens]
};

/// Scratch for so many query heads and rows of so many floats, padding included.
[[nodiscard]] ChunkScratch chunk_scratch(std::size_t group, std::size_t row);

/// Name of the instruction set that attend_chunk runs with.
[[nodiscard]] std::string_view attend_target();

/// Attends the chunk's tokens with the best instruction set that this CPU has.
void attend_chunk(const ChunkTask& task, ChunkScratch& scratch, const SoftmaxPart& out);

/// Adds to `into` the part `from`, of other tokens: for every query head of the group.
void absorb_part(const SoftmaxPart& into, const SoftmaxPart& from, std::size_t group, std::size_t head_dim);

/// Attention of one query head of the group out of parts that have all tokens together, merged in their order. Writes
/// nothing but out: [head_dim]
void merge_parts(std::span<const SoftmaxPart> parts, std::size_t query_head, std::size_t head_dim, float* out);

/// Attention out of a part that has all tokens. out: [group][head_dim]
void finish_part(const SoftmaxPart& part, std::size_t group, std::size_t head_dim, float* out);

}  // namespace roofcast::kernels
