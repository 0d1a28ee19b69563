#include "hwmodels/kernels/cuda/cuda_devices.hpp"

#include "hwmodels/kernels/cuda/cuda_objects-inl.h"

namespace roofcast::kernels {

std::vector<GpuDevice> cuda_devices() {
  int count = 0, runtime = 0;
  // A machine without a driver calls that an error; there is nothing to tell beyond "no devices".
  if (cudaGetDeviceCount(&count) != cudaSuccess || cudaRuntimeGetVersion(&runtime) != cudaSuccess) return {};
  std::vector<GpuDevice> list;
  for (int i = 0; i < count; ++i) {
    cudaDeviceProp p{};
    if (cudaGetDeviceProperties(&p, i) != cudaSuccess) continue;
    const auto size = [](auto bytes) { return Bytes{static_cast<double>(bytes)}; };
    list.push_back({.api = GpuApi::cuda,
                    .number = i,
                    .name = p.name,
                    .vendor = "NVIDIA",
                    .driver = fmt::format("CUDA {}.{}, sm_{}{}", runtime / 1000, runtime % 1000 / 10, p.major, p.minor),
                    .device_class = DeviceClass::gpu,
                    .memory = size(p.totalGlobalMem),
                    .largest_buffer = size(p.totalGlobalMem),
                    .cache = size(p.l2CacheSize),
                    .local_memory = size(p.sharedMemPerBlock),
                    .compute_units = p.multiProcessorCount,
                    .largest_group = p.maxThreadsPerBlock});
  }
  return list;
}

}  // namespace roofcast::kernels
