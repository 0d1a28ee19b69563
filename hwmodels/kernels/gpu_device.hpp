#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/device.hpp"
#include "core/result.hpp"

namespace roofcast::kernels {

enum class GpuApi { opencl, cuda };

[[nodiscard]] std::string_view name(GpuApi api);

/// What a driver says of a device that it runs kernels on: a GPU as a rule, but OpenCL has CPUs too.
struct GpuDevice {
  GpuApi api = GpuApi::opencl;
  int number = 0;  ///< among the devices of all platforms, in the driver's order
  std::string name{};
  std::string vendor{};
  std::string driver{};  ///< "OpenCL 3.0 PoCL 3.1", "CUDA 13.0, sm_90"
  DeviceClass device_class = DeviceClass::gpu;
  Bytes memory{};
  Bytes largest_buffer{};  ///< of one allocation
  Bytes cache{};           ///< last level; 0: not stated
  Bytes local_memory{};    ///< of one work group
  int compute_units = 1;
  int largest_group = 1;  ///< work items of one work group

  /// "opencl:0", as `--device` takes it.
  [[nodiscard]] std::string id() const;

  friend bool operator==(const GpuDevice&, const GpuDevice&) = default;
};

/// All that the drivers here offer; none where there is no driver, or no support was built.
[[nodiscard]] std::vector<GpuDevice> gpu_devices();

/// The device of that id. An unknown one is refused with all that there are, the CPU among them.
[[nodiscard]] Result<GpuDevice> find_gpu_device(std::string_view id);

}  // namespace roofcast::kernels
