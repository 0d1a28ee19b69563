#include "hwmodels/kernels/cuda/cuda_devices.hpp"
#include "hwmodels/kernels/cuda/cuda_launch.hpp"
#include "hwmodels/kernels/cuda/cuda_objects-inl.h"

namespace roofcast::kernels {
namespace {

constexpr int kThreads = 256;
constexpr int kBlocksPerUnit = 16;

}  // namespace

Result<GpuCeilings> cuda_ceilings(const GpuDevice& device, Bytes buffer, const RepeatPolicy& policy) {
  if (const auto code = cudaSetDevice(device.number); code != cudaSuccess) return cuda_failure("cudaSetDevice", code);
  const auto watch = CudaStopwatch::create();
  if (!watch) return std::unexpected(watch.error());
  const auto floats = static_cast<std::size_t>(buffer.in(units::byte)) / (1024 * sizeof(float)) * 1024;
  const auto from = cuda_buffer(floats * sizeof(float));
  if (!from) return std::unexpected(from.error());
  const auto to = cuda_buffer(floats * sizeof(float));
  if (!to) return std::unexpected(to.error());
  if (const auto code = cudaMemset(from->get(), 0, floats * sizeof(float)); code != cudaSuccess)
    return cuda_failure("cudaMemset", code);
  const auto copy = repeat_timed(
      [&] {
        return watch->time([&] {
          return launch_copy(static_cast<const float*>(from->get()), static_cast<float*>(to->get()),
                             static_cast<std::int64_t>(floats));
        });
      },
      policy);
  if (!copy) return std::unexpected(copy.error());

  const int blocks = kBlocksPerUnit * device.compute_units;
  const auto out = cuda_buffer(static_cast<std::size_t>(blocks) * kThreads * sizeof(float));
  if (!out) return std::unexpected(out.error());
  const auto multiply = repeat_timed(
      [&] { return watch->time([&] { return launch_multiply(static_cast<float*>(out->get()), blocks, kThreads); }); },
      policy);
  if (!multiply) return std::unexpected(multiply.error());
  return GpuCeilings{.copy = Bytes{2.0 * static_cast<double>(floats * sizeof(float))} / copy->median,
                     .multiply = Flops{2.0 * kCudaChains * kCudaRounds * blocks * kThreads} / multiply->median,
                     .copy_timing = *copy,
                     .multiply_timing = *multiply};
}

}  // namespace roofcast::kernels
