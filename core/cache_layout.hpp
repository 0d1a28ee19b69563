#pragma once

#include <limits>
#include <string>
#include <vector>

#include "core/deployment.hpp"
#include "core/engine.hpp"
#include "core/model_spec.hpp"

namespace roofcast {

/// Layers of one pipeline stage whose cache grows alike, as an engine stores them.
struct PageGroup {
  std::string name{};        ///< "full", "window 1024", "state"
  double groups = 1;         ///< groups of this kind (each takes blocks of its own)
  double block_tokens = 16;  ///< tokens of one block; a state has one block per sequence
  double block_bytes = 0;    ///< one block over all layers of one group
  double window = std::numeric_limits<double>::infinity();
  bool state = false;

  friend bool operator==(const PageGroup&, const PageGroup&) = default;
};

/// How one rank's KV pool is cut into blocks (docs/model/memory.md, M7).
struct CacheLayout {
  std::vector<PageGroup> groups{};
  double tokens_divisor = 1;  ///< dcp: a rank holds every dcp-th token
  double fixed_bytes = 0;     ///< taken once, however many sequences
  double null_blocks = 0;     ///< blocks that hold nothing
  std::string description{};  ///< for humans: "blocks of 16 tokens", "fp8_ds_mla 656 B/token"

  friend bool operator==(const CacheLayout&, const CacheLayout&) = default;
};

/// Bytes of one row of a stream as the engine stores it: packed with its scales where an fp8 layout says so.
[[nodiscard]] double stored_row_bytes(const CacheStream& s, const KvFormat& kv, PoolRule pool);

/// Layout of stage `stage` under the engine's pool rule. `block_tokens` is the engine's or the user's.
[[nodiscard]] CacheLayout cache_layout(const ModelSpec& model, const Deployment& d, int stage, const KvFormat& kv,
                                       const Engine& engine, int block_tokens);

/// (M7) Blocks and bytes that a sequence of `tokens` tokens holds while `in_flight` of its tokens are
/// being computed (1 in decode; the chunk size while a prompt is admitted).
[[nodiscard]] double blocks_per_sequence(const CacheLayout& layout, double tokens, double in_flight = 1);
[[nodiscard]] Bytes allocated_per_sequence(const CacheLayout& layout, double tokens, double in_flight = 1);

/// Bytes of one block of the shared pool; 0 when groups have pools of their own.
[[nodiscard]] double shared_block_bytes(const CacheLayout& layout);

/// (M8) Sequences of `tokens` tokens that a pool holds, as a fraction (vLLM's "maximum concurrency").
[[nodiscard]] double concurrency(const CacheLayout& layout, Bytes pool, double tokens, double in_flight = 1);

/// (M8) Whole sequences.
[[nodiscard]] double max_sequences(const CacheLayout& layout, Bytes pool, double tokens);

}  // namespace roofcast
