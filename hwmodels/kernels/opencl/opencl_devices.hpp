#pragma once

#include <vector>

#include "hwmodels/kernels/gpu_device.hpp"

namespace roofcast::kernels {

/// Devices of all OpenCL platforms, in the order of the platforms; none without a driver.
[[nodiscard]] std::vector<GpuDevice> opencl_devices();

}  // namespace roofcast::kernels
