#include "core/device.hpp"

namespace roofcast {

std::string_view noun(DeviceClass c) {
  return c == DeviceClass::gpu ? "GPU" : c == DeviceClass::cpu ? "CPU" : "device";
}

std::string_view name(MemorySource s) {
  return s == MemorySource::measured ? "measured" : s == MemorySource::given ? "given" : "estimated";
}

const std::string& hardware_id(const Device& device) {
  return device.system ? device.system->id : device.id;
}

std::optional<FlopsPerSecond> peak_rate(const Device& device, Compute compute) {
  const PeakRates& p = device.peaks;
  const auto wide = p.bf16 ? p.bf16 : p.fp32;
  switch (compute) {
    case Compute::fp32:
      return p.fp32 ? p.fp32 : p.bf16;
    case Compute::bf16:
      return wide;
    case Compute::fp8:
      return p.fp8 ? p.fp8 : wide;
    case Compute::int8:
      return p.int8 ? p.int8 : wide;
    case Compute::fp4:
      return p.fp4 ? p.fp4 : p.fp8 ? p.fp8 : wide;
  }
  return {};
}

FlopsPerByte ridge(const Device& device, Compute compute) {
  return peak_rate(device, compute).value_or(FlopsPerSecond{}) / device.bandwidth;
}

}  // namespace roofcast
