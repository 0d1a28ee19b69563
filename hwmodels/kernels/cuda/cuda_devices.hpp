#pragma once

#include <memory>
#include <span>
#include <vector>

#include "hwmodels/kernels/gpu_attention.hpp"

namespace roofcast::kernels {

/// Devices of the CUDA driver; none where it does not answer.
[[nodiscard]] std::vector<GpuDevice> cuda_devices();

[[nodiscard]] Result<std::unique_ptr<GpuAttention>> cuda_attention(const GpuDevice& device, const AttentionShape& shape,
                                                                   const GpuPlan& plan, std::span<const float> query);

[[nodiscard]] Result<GpuCeilings> cuda_ceilings(const GpuDevice& device, Bytes buffer, const RepeatPolicy& policy);

}  // namespace roofcast::kernels
