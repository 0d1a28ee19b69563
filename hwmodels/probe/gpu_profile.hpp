#pragma once

#include <string>

#include "hwmodels/kernels/gpu_attention.hpp"

namespace roofcast::probe {

/// "opencl-0": what its profile and its measured rows are called unless the user says more.
[[nodiscard]] std::string gpu_profile_id(const kernels::GpuDevice& device);

/// What is copied to measure a device's memory: four times its cache, 64 MiB at least, an eighth of its memory at most.
[[nodiscard]] Bytes copy_buffer(const kernels::GpuDevice& device);

/// The device as a profile: memory, cache and units as the driver states them, bandwidth and fp32 peak as measured. No
/// other peak: what these kernels cannot reach (matrix units) is not guessed. `date` is for the sources.
[[nodiscard]] Device gpu_profile(const kernels::GpuDevice& device, const kernels::GpuCeilings& ceilings,
                                 const std::string& date);

}  // namespace roofcast::probe
