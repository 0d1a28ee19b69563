#include "hwmodels/kernels/gpu_device.hpp"

#include <algorithm>

#include <fmt/format.h>

#ifdef ROOFCAST_HAS_CUDA
#include "hwmodels/kernels/cuda/cuda_devices.hpp"
#endif
#ifdef ROOFCAST_HAS_OPENCL
#include "hwmodels/kernels/opencl/opencl_devices.hpp"
#endif

namespace roofcast::kernels {
namespace {

/// Why an API has no devices here.
std::string absence(std::string_view id, const std::vector<GpuDevice>& all) {
  const auto none = [&](GpuApi api) { return std::ranges::find(all, api, &GpuDevice::api) == all.end(); };
#ifdef ROOFCAST_HAS_OPENCL
  constexpr std::string_view opencl = ": no OpenCL driver answers";
#else
  constexpr std::string_view opencl = ": this roofcast was built without OpenCL";
#endif
#ifdef ROOFCAST_HAS_CUDA
  constexpr std::string_view cuda = ": no CUDA driver answers";
#else
  constexpr std::string_view cuda = ": this roofcast was built without CUDA";
#endif
  if (id.starts_with("opencl:") && none(GpuApi::opencl)) return std::string(opencl);
  if (id.starts_with("cuda:") && none(GpuApi::cuda)) return std::string(cuda);
  return {};
}

}  // namespace

std::string_view name(GpuApi api) {
  return api == GpuApi::opencl ? "opencl" : "cuda";
}

std::string GpuDevice::id() const {
  return fmt::format("{}:{}", kernels::name(api), number);
}

std::vector<GpuDevice> gpu_devices() {
  std::vector<GpuDevice> all;
#ifdef ROOFCAST_HAS_OPENCL
  all = opencl_devices();
#endif
#ifdef ROOFCAST_HAS_CUDA
  const auto more = cuda_devices();
  all.insert(all.end(), more.begin(), more.end());
#endif
  return all;
}

Result<GpuDevice> find_gpu_device(std::string_view id) {
  const auto all = gpu_devices();
  const auto found = std::ranges::find(all, id, &GpuDevice::id);
  if (found != all.end()) return *found;
  std::string others;
  for (const GpuDevice& device : all) others += fmt::format(", {} ({})", device.id(), device.name);
  return fail("--device", fmt::format("'{}' is not a device here{}", id, absence(id, all)),
              fmt::format("use cpu{}", others));
}

}  // namespace roofcast::kernels
