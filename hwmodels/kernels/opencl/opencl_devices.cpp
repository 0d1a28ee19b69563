#include "hwmodels/kernels/opencl/opencl_devices.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "hwmodels/kernels/opencl/cl_objects-inl.h"

namespace roofcast::kernels {
namespace {

/// A figure of a device; its zero where the driver does not say.
template <class T>
T figure(cl_device_id device, cl_device_info what) {
  T value{};
  return clGetDeviceInfo(device, what, sizeof value, &value, nullptr) == CL_SUCCESS ? value : T{};
}

Bytes size(cl_device_id device, cl_device_info what) {
  return Bytes{static_cast<double>(figure<cl_ulong>(device, what))};
}

std::string text(cl_device_id device, cl_device_info what) {
  std::size_t length = 0;
  if (clGetDeviceInfo(device, what, 0, nullptr, &length) != CL_SUCCESS) return {};
  std::string value(length, '\0');
  if (clGetDeviceInfo(device, what, length, value.data(), nullptr) != CL_SUCCESS) return {};
  value.resize(std::min(value.find('\0'), value.size()));
  value.erase(value.find_last_not_of(' ') + 1);
  return value;
}

DeviceClass class_of(cl_device_type type) {
  if ((type & CL_DEVICE_TYPE_GPU) != 0) return DeviceClass::gpu;
  return (type & CL_DEVICE_TYPE_CPU) != 0 ? DeviceClass::cpu : DeviceClass::accelerator;
}

}  // namespace

std::vector<cl_device_id> cl_devices() {
  cl_uint platform_count = 0;
  // A loader without any driver calls that an error; there is nothing to tell beyond "no devices".
  if (clGetPlatformIDs(0, nullptr, &platform_count) != CL_SUCCESS) return {};
  std::vector<cl_platform_id> platforms(platform_count);
  if (clGetPlatformIDs(platform_count, platforms.data(), nullptr) != CL_SUCCESS) return {};
  std::vector<cl_device_id> all;
  for (const cl_platform_id platform : platforms) {
    cl_uint count = 0;
    if (clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, nullptr, &count) != CL_SUCCESS) continue;
    std::vector<cl_device_id> own(count);
    if (clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, count, own.data(), nullptr) != CL_SUCCESS) continue;
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

std::vector<GpuDevice> opencl_devices() {
  std::vector<GpuDevice> list;
  for (const cl_device_id d : cl_devices())
    list.push_back({.api = GpuApi::opencl,
                    .number = static_cast<int>(list.size()),
                    .name = text(d, CL_DEVICE_NAME),
                    .vendor = text(d, CL_DEVICE_VENDOR),
                    .driver = fmt::format("{}, driver {}", text(d, CL_DEVICE_VERSION), text(d, CL_DRIVER_VERSION)),
                    .device_class = class_of(figure<cl_device_type>(d, CL_DEVICE_TYPE)),
                    .memory = size(d, CL_DEVICE_GLOBAL_MEM_SIZE),
                    .largest_buffer = size(d, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
                    .cache = size(d, CL_DEVICE_GLOBAL_MEM_CACHE_SIZE),
                    .local_memory = size(d, CL_DEVICE_LOCAL_MEM_SIZE),
                    .compute_units = static_cast<int>(figure<cl_uint>(d, CL_DEVICE_MAX_COMPUTE_UNITS)),
                    .largest_group = static_cast<int>(figure<std::size_t>(d, CL_DEVICE_MAX_WORK_GROUP_SIZE))});
  return list;
}

}  // namespace roofcast::kernels
