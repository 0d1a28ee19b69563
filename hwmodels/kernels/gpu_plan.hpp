#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "hwmodels/kernels/attention_shape.hpp"
#include "hwmodels/kernels/gpu_device.hpp"

namespace roofcast::kernels {

/// The largest head_dim that GPU kernels take.
inline constexpr int kMaxGpuHeadDim = 256;

/// What one work group attends. The kernels read it as six ints.
struct GpuChunk {
  std::int32_t sequence = 0;
  std::int32_t kv_head = 0;
  std::int32_t begin = 0;        ///< first token
  std::int32_t end = 0;          ///< behind the last one
  std::int32_t first_query = 0;  ///< of the group's query heads, counted over the batch
  std::int32_t slot = -1;        ///< of a partial result; -1: the chunk is all that its heads see
};

/// A KV head that is in more than one chunk. The kernels read it as three ints.
struct GpuSplit {
  std::int32_t first_query = 0;
  std::int32_t first_slot = 0;
  std::int32_t parts = 0;
};

/// How a batch is laid over a GPU. A work group takes a block of tokens at a time into local memory, as fp32, and
/// serves all query heads of the KV head with it; only groups whose results do not fit into the registers of one work
/// group are cut into tiles, which read the rows once each.
struct GpuPlan {
  std::vector<GpuChunk> chunks{};
  std::vector<GpuSplit> splits{};
  std::int32_t slots = 0;
  int heads = 1;    ///< query heads of one work group
  int tiles = 1;    ///< work groups for the query heads of one chunk
  int tokens = 32;  ///< of a block
  int threads = 64;
  int shares = 1;  ///< threads that share one dot product
};

/// Local memory of one work group, in bytes; the kernels' arrays.
[[nodiscard]] std::size_t local_bytes(const GpuPlan& plan, int head_dim);

/// Refuses what the kernels cannot take: shapes, empty sequences, a device too small for any block.
[[nodiscard]] Result<GpuPlan> gpu_plan(const AttentionShape& shape, std::span<const int> contexts,
                                       const GpuDevice& device);

}  // namespace roofcast::kernels
