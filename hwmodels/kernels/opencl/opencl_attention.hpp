#pragma once

#include <memory>
#include <span>

#include "hwmodels/kernels/gpu_attention.hpp"

namespace roofcast::kernels {

[[nodiscard]] Result<std::unique_ptr<GpuAttention>> opencl_attention(const GpuDevice& device,
                                                                     const AttentionShape& shape, const GpuPlan& plan,
                                                                     std::span<const float> query);

}  // namespace roofcast::kernels
