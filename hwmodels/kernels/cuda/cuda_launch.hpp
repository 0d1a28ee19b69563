#pragma once

/// What nvcc compiles and what the host compiler calls: plain values only, since nvcc knows no C++23.

#include <cstdint>

namespace roofcast::kernels {

/// Device pointers and sizes of one run; the layout is that of KvCacheView, in elements.
struct CudaAttentionCall {
  const void* keys = nullptr;
  const void* values = nullptr;
  const float* key_scales = nullptr;
  const float* value_scales = nullptr;
  const float* query = nullptr;
  const std::int32_t* chunks = nullptr;  ///< six each, as GpuChunk
  const std::int32_t* splits = nullptr;  ///< three each, as GpuSplit
  const std::int32_t* pages = nullptr;
  float* out = nullptr;
  float* parts = nullptr;
  std::int64_t page_stride = 0;
  std::int64_t head_stride = 0;
  std::int64_t token_stride = 0;
  int page_tokens = 0;
  int pages_per_sequence = 0;
  int element = 0;  ///< 0 fp32, 1 bf16, 2 fp16, 3 int8
  int head_dim = 0;
  int group = 1;
  int heads = 1;
  int tokens = 1;
  int threads = 32;
  int shares = 1;
  int tiles = 1;
  int chunk_count = 0;
  int split_count = 0;
  unsigned local_bytes = 0;
  float scale = 1;
};

/// Queues the run on the current device's default stream. What the runtime answers: 0 is success.
[[nodiscard]] int launch_attention(const CudaAttentionCall& call);

/// Queue of the loops that measure ceilings: memory to memory in floats (a multiple of 1024), and multiply-adds.
[[nodiscard]] int launch_copy(const float* from, float* to, std::int64_t floats);
inline constexpr int kCudaChains = 16;
inline constexpr int kCudaRounds = 4096;
[[nodiscard]] int launch_multiply(float* out, int blocks, int threads);

}  // namespace roofcast::kernels
