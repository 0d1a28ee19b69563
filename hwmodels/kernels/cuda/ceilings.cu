// What the device reaches at best: memory to memory, and multiply-adds out of registers.

#include "hwmodels/kernels/cuda/cuda_launch.hpp"

namespace roofcast::kernels {
namespace {

__global__ void copy(const float4* from, float4* to) {
  const std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * blockDim.x + threadIdx.x;
  to[i] = from[i];
}

// The result is stored, so that nothing can be left out.
__global__ void multiply(float* out, float a, float b) {
  float x[kCudaChains];
#pragma unroll
  for (int c = 0; c < kCudaChains; ++c) x[c] = a + static_cast<float>(c);
  for (int round = 0; round < kCudaRounds; ++round) {
#pragma unroll
    for (int c = 0; c < kCudaChains; ++c) x[c] = fmaf(x[c], a, b);
  }
  float sum = 0.0f;
#pragma unroll
  for (int c = 0; c < kCudaChains; ++c) sum += x[c];
  out[blockIdx.x * blockDim.x + threadIdx.x] = sum;
}

}  // namespace

int launch_copy(const float* from, float* to, std::int64_t floats) {
  const auto blocks = static_cast<unsigned>(floats / 1024);  // of 256 threads with 4 floats each
  copy<<<blocks, 256>>>(reinterpret_cast<const float4*>(from), reinterpret_cast<float4*>(to));
  return static_cast<int>(cudaGetLastError());
}

int launch_multiply(float* out, int blocks, int threads) {
  multiply<<<blocks, threads>>>(out, 0.999f, 0.001f);
  return static_cast<int>(cudaGetLastError());
}

}  // namespace roofcast::kernels
