#include "hwmodels/kernels/gpu_attention.hpp"

#ifdef ROOFCAST_HAS_CUDA
#include "hwmodels/kernels/cuda/cuda_devices.hpp"
#endif
#ifdef ROOFCAST_HAS_OPENCL
#include "hwmodels/kernels/opencl/opencl_attention.hpp"
#include "hwmodels/kernels/opencl/opencl_ceilings.hpp"
#endif

namespace roofcast::kernels {
namespace {

/// Devices are found by what was built, so that only a made-up one gets here.
[[maybe_unused]] std::unexpected<Errors> not_built(const GpuDevice& device) {
  return fail(device.id(), "this roofcast was built without its kernels");
}

}  // namespace

Result<std::unique_ptr<GpuAttention>> gpu_attention(const GpuDevice& device, const AttentionShape& shape,
                                                    std::span<const int> contexts, std::span<const float> query) {
  auto plan = gpu_plan(shape, contexts, device);
  if (!plan) return std::unexpected(plan.error());
#ifdef ROOFCAST_HAS_OPENCL
  if (device.api == GpuApi::opencl) return opencl_attention(device, shape, *plan, query);
#endif
#ifdef ROOFCAST_HAS_CUDA
  if (device.api == GpuApi::cuda) return cuda_attention(device, shape, *plan, query);
#endif
  return not_built(device);
}

Result<GpuCeilings> gpu_ceilings(const GpuDevice& device, Bytes buffer, const RepeatPolicy& policy) {
#ifdef ROOFCAST_HAS_OPENCL
  if (device.api == GpuApi::opencl) return opencl_ceilings(device, buffer, policy);
#endif
#ifdef ROOFCAST_HAS_CUDA
  if (device.api == GpuApi::cuda) return cuda_ceilings(device, buffer, policy);
#endif
  return not_built(device);
}

}  // namespace roofcast::kernels
