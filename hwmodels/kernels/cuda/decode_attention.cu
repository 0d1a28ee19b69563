// Decode attention: one query token per sequence against its KV cache, flash decoding with split KV. A block of rows
// lies in shared memory as fp32 and serves all query heads of its KV head (GQA packing). The OpenCL kernel is its
// twin, step by step, and is the one that tests run; sizes come at run time here, except the results of a thread,
// which must be in registers.

#include <cuda_bf16.h>
#include <cuda_fp16.h>

#include <cmath>

#include "hwmodels/kernels/cuda/cuda_launch.hpp"

namespace roofcast::kernels {
namespace {

// An element as fp32; which type is the same for all threads, so that the branch costs little beside the load.
__device__ float widened(const void* rows, int element, std::int64_t at) {
  switch (element) {
    case 0:
      return static_cast<const float*>(rows)[at];
    case 1:
      return __bfloat162float(static_cast<const __nv_bfloat16*>(rows)[at]);
    case 2:
      return __half2float(static_cast<const __half*>(rows)[at]);
    default:
      return static_cast<float>(static_cast<const std::int8_t*>(rows)[at]);
  }
}

// Rows behind the end are zero: their weight is 0, and 0 times what lies there might be NaN.
__device__ void fetch(const CudaAttentionCall& c, const void* rows, const float* scales, const std::int64_t* places,
                      int count, float* block) {
  for (int i = threadIdx.x; i < c.tokens * c.head_dim; i += blockDim.x) {
    const int token = i / c.head_dim, column = i % c.head_dim;
    float x = 0.0f;
    if (token < count) {
      x = widened(rows, c.element, places[token] + column);
      if (scales != nullptr) x *= scales[places[token] / c.head_dim];
    }
    block[token * (c.head_dim + 1) + column] = x;
  }
}

template <int kResults>
__global__ void attend(CudaAttentionCall c) {
  extern __shared__ std::int64_t memory[];
  const int pairs = c.heads * c.tokens, row = c.head_dim + 1, me = threadIdx.x;
  std::int64_t* places = memory;
  float* key_block = reinterpret_cast<float*>(places + c.tokens);
  float* value_block = key_block + c.tokens * row;
  float* dots = value_block + c.tokens * row;
  float* weights = dots + c.shares * pairs;
  float* top = weights + pairs;
  float* sum = top + c.heads;
  float* kept = sum + c.heads;

  const std::int32_t* chunk = c.chunks + blockIdx.x * 6;
  const int sequence = chunk[0], kv_head = chunk[1], end = chunk[3], slot = chunk[5];
  const int first_head = static_cast<int>(blockIdx.y) * c.heads;
  const int live = min(c.heads, c.group - first_head);
  const float* queries = c.query + static_cast<std::int64_t>(chunk[4] + first_head) * c.head_dim;
  const int part_length = c.head_dim / c.shares;

  float result[kResults];
#pragma unroll
  for (int r = 0; r < kResults; ++r) result[r] = 0.0f;
  for (int h = me; h < c.heads; h += blockDim.x) {
    top[h] = -INFINITY;
    sum[h] = 0.0f;
  }

  for (int begin = chunk[2]; begin < end; begin += c.tokens) {
    const int count = min(c.tokens, end - begin);
    __syncthreads();  // nobody reads the block before any more
    for (int t = me; t < count; t += blockDim.x) {
      const int token = begin + t;
      const bool paged = c.page_tokens > 0;
      const std::int64_t page =
          paged ? c.pages[static_cast<std::int64_t>(sequence) * c.pages_per_sequence + token / c.page_tokens]
                : sequence;
      places[t] = page * c.page_stride + kv_head * c.head_stride +
                  static_cast<std::int64_t>(paged ? token % c.page_tokens : token) * c.token_stride;
    }
    __syncthreads();
    fetch(c, c.keys, c.key_scales, places, count, key_block);
    fetch(c, c.values, c.value_scales, places, count, value_block);
    __syncthreads();

    for (int i = me; i < c.shares * pairs; i += blockDim.x) {
      const int share = i / pairs, h = i % pairs / c.tokens, t = i % c.tokens;
      const float* q = queries + min(h, live - 1) * c.head_dim + share * part_length;
      const float* k = key_block + t * row + share * part_length;
      float dot_product = 0.0f;
      for (int d = 0; d < part_length; ++d) dot_product = fmaf(q[d], k[d], dot_product);
      dots[i] = dot_product;
    }
    __syncthreads();
    for (int p = me; p < pairs; p += blockDim.x) {
      float score = 0.0f;
      for (int share = 0; share < c.shares; ++share) score += dots[share * pairs + p];
      weights[p] = p % c.tokens < count ? c.scale * score : -INFINITY;
    }
    __syncthreads();
    for (int h = me; h < c.heads; h += blockDim.x) {
      float highest = top[h];
      for (int t = 0; t < count; ++t) highest = fmaxf(highest, weights[h * c.tokens + t]);
      kept[h] = expf(top[h] - highest);
      top[h] = highest;
    }
    __syncthreads();
    for (int p = me; p < pairs; p += blockDim.x) weights[p] = expf(weights[p] - top[p / c.tokens]);
    __syncthreads();
    for (int h = me; h < c.heads; h += blockDim.x) {
      float added = 0.0f;
      for (int t = 0; t < count; ++t) added += weights[h * c.tokens + t];
      sum[h] = sum[h] * kept[h] + added;
    }
#pragma unroll
    for (int r = 0; r < kResults; ++r) {
      const int place = me + r * static_cast<int>(blockDim.x), h = place / c.head_dim, d = place % c.head_dim;
      if (h >= c.heads) continue;
      float x = result[r] * kept[h];
      for (int t = 0; t < c.tokens; ++t) x = fmaf(weights[h * c.tokens + t], value_block[t * row + d], x);
      result[r] = x;
    }
  }

  __syncthreads();
  const int part_floats = c.head_dim + 2;
#pragma unroll
  for (int r = 0; r < kResults; ++r) {
    const int place = me + r * static_cast<int>(blockDim.x), h = place / c.head_dim, d = place % c.head_dim;
    if (h >= live) continue;
    if (slot < 0)
      c.out[static_cast<std::int64_t>(chunk[4] + first_head + h) * c.head_dim + d] = result[r] / sum[h];
    else
      c.parts[(static_cast<std::int64_t>(slot) * c.group + first_head + h) * part_floats + d] = result[r];
  }
  if (slot < 0) return;
  for (int h = me; h < live; h += blockDim.x) {
    float* part = c.parts + (static_cast<std::int64_t>(slot) * c.group + first_head + h) * part_floats;
    part[c.head_dim] = top[h];
    part[c.head_dim + 1] = sum[h];
  }
}

// One dimension of one query head of a split KV head, out of its parts in their order.
__global__ void combine(CudaAttentionCall c) {
  const int place = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (place >= c.split_count * c.group * c.head_dim) return;
  const int h = place / c.head_dim % c.group, d = place % c.head_dim;
  const std::int32_t* split = c.splits + place / (c.group * c.head_dim) * 3;
  const std::int64_t stride = static_cast<std::int64_t>(c.group) * (c.head_dim + 2);
  const float* part = c.parts + (static_cast<std::int64_t>(split[1]) * c.group + h) * (c.head_dim + 2);
  float top = -INFINITY;
  for (int p = 0; p < split[2]; ++p) top = fmaxf(top, part[p * stride + c.head_dim]);
  float weighted = 0.0f, sum = 0.0f;
  for (int p = 0; p < split[2]; ++p) {
    const float scale = expf(part[p * stride + c.head_dim] - top);
    weighted += scale * part[p * stride + d];
    sum += scale * part[p * stride + c.head_dim + 1];
  }
  c.out[static_cast<std::int64_t>(split[0] + h) * c.head_dim + d] = weighted / sum;
}

}  // namespace

int launch_attention(const CudaAttentionCall& call) {
  const dim3 grid(call.chunk_count, call.tiles);
  const int results = (call.heads * call.head_dim + call.threads - 1) / call.threads;
  if (results <= 1)
    attend<1><<<grid, call.threads, call.local_bytes>>>(call);
  else if (results <= 8)
    attend<8><<<grid, call.threads, call.local_bytes>>>(call);
  else
    attend<64><<<grid, call.threads, call.local_bytes>>>(call);
  if (call.split_count > 0) {
    const int all = call.split_count * call.group * call.head_dim;
    combine<<<(all + 255) / 256, 256>>>(call);
  }
  return static_cast<int>(cudaGetLastError());
}

}  // namespace roofcast::kernels
