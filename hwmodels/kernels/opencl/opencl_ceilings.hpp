#pragma once

#include "hwmodels/kernels/gpu_attention.hpp"

namespace roofcast::kernels {

[[nodiscard]] Result<GpuCeilings> opencl_ceilings(const GpuDevice& device, Bytes buffer, const RepeatPolicy& policy);

}  // namespace roofcast::kernels
