#pragma once

/// The CUDA runtime with owners and errors. For .cpp files only: what uses the kernels needs no CUDA header.

#include <cuda_runtime_api.h>

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/result.hpp"
#include "core/units.hpp"

namespace roofcast::kernels {

struct CudaRelease {
  void operator()(void* memory) const { cudaFree(memory); }
  void operator()(cudaEvent_t event) const { cudaEventDestroy(event); }
};

using CudaMemory = std::unique_ptr<void, CudaRelease>;
using CudaEvent = std::unique_ptr<std::remove_pointer_t<cudaEvent_t>, CudaRelease>;

inline std::unexpected<Errors> cuda_failure(std::string_view call, int code) {
  const auto error = static_cast<cudaError_t>(code);
  return fail("CUDA", fmt::format("{} failed: {}", call, cudaGetErrorString(error)),
              error == cudaErrorMemoryAllocation
                  ? "the device has not that much memory: choose a smaller batch or context"
                  : "");
}

/// A size of 0 has memory all the same, so that it can be an argument.
inline Result<CudaMemory> cuda_buffer(std::size_t bytes) {
  void* memory = nullptr;
  const auto code = cudaMalloc(&memory, std::max<std::size_t>(bytes, 64));
  if (code != cudaSuccess) return cuda_failure("cudaMalloc", code);
  return CudaMemory(memory);
}

template <class T>
Result<CudaMemory> cuda_filled(std::span<const T> values) {
  auto memory = cuda_buffer(values.size_bytes());
  if (!memory || values.empty()) return memory;
  const auto code = cudaMemcpy(memory->get(), values.data(), values.size_bytes(), cudaMemcpyHostToDevice);
  if (code != cudaSuccess) return cuda_failure("cudaMemcpy", code);
  return memory;
}

/// A clock around what is queued in between, by the device.
class CudaStopwatch {
 public:
  [[nodiscard]] static Result<CudaStopwatch> create() {
    cudaEvent_t start = nullptr, end = nullptr;
    auto code = cudaEventCreate(&start);
    CudaStopwatch watch;
    watch.start_.reset(start);
    if (code == cudaSuccess) code = cudaEventCreate(&end);
    watch.end_.reset(end);
    if (code != cudaSuccess) return cuda_failure("cudaEventCreate", code);
    return watch;
  }

  /// `launch` queues kernels and returns the runtime's answer. Waits for them.
  template <class Launch>
  [[nodiscard]] Result<Seconds> time(const Launch& launch) const {
    if (const auto code = cudaEventRecord(start_.get()); code != cudaSuccess)
      return cuda_failure("cudaEventRecord", code);
    if (const int code = launch(); code != 0) return cuda_failure("a kernel's launch", code);
    if (const auto code = cudaEventRecord(end_.get()); code != cudaSuccess)
      return cuda_failure("cudaEventRecord", code);
    if (const auto code = cudaEventSynchronize(end_.get()); code != cudaSuccess) return cuda_failure("a kernel", code);
    float milliseconds = 0;
    const auto code = cudaEventElapsedTime(&milliseconds, start_.get(), end_.get());
    if (code != cudaSuccess) return cuda_failure("cudaEventElapsedTime", code);
    return static_cast<double>(milliseconds) * units::ms;
  }

 private:
  CudaEvent start_{}, end_{};
};

}  // namespace roofcast::kernels
