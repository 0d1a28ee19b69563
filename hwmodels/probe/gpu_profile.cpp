#include "hwmodels/probe/gpu_profile.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hwmodels/significant_digits.hpp"

namespace roofcast::probe {
namespace {

/// Four digits: what follows is noise.
template <class Q>
Q rounded(Q value) {
  return Q{to_digits(value.in(Q{1}), 4)};
}

}  // namespace

std::string gpu_profile_id(const kernels::GpuDevice& device) {
  return fmt::format("{}-{}", kernels::name(device.api), device.number);
}

Bytes copy_buffer(const kernels::GpuDevice& device) {
  return std::min({std::max(4 * device.cache, 64 * units::MiB), device.memory / 8, device.largest_buffer});
}

Device gpu_profile(const kernels::GpuDevice& device, const kernels::GpuCeilings& ceilings, const std::string& date) {
  const std::string measured = fmt::format("measured by roofcast probe on {}", date);
  const std::string reported = fmt::format("reported by {}", device.driver);
  Device d{
      .id = gpu_profile_id(device),
      .name = device.name,
      .vendor = device.vendor,
      .device_class = device.device_class,
      .memory = device.memory,
      .memory_type = "device memory",
      .bandwidth = rounded(ceilings.copy),
      .compute_units = device.compute_units,
      .link_type = "none",
      .notes = {"bandwidth is that of a copy, bytes read and written; fp32 is that of multiply-adds without matrix "
                "units, and the only peak: narrower types are taken to run at it"},
      .sources = {{"memory/reported", reported},
                  {"memory/bandwidth", measured},
                  {"compute/fp32", measured},
                  {"compute/units", reported}}};
  d.peaks.fp32 = rounded(ceilings.multiply);
  if (device.cache > Bytes{}) {
    d.last_level_cache = device.cache;
    d.sources.push_back({"compute/last_level_cache", reported});
  }
  return d;
}

}  // namespace roofcast::probe
