#pragma once

#include <string>
#include <vector>

#include "core/device.hpp"
#include "core/roofline.hpp"

namespace roofcast {

/// A roof with its name: "HBM3", "fp8, int8".
template <class Rate>
struct NamedRoof {
  std::string name{};
  Rate rate{};
};
using MemoryRoof = NamedRoof<BytesPerSecond>;
using ComputeRoof = NamedRoof<FlopsPerSecond>;

/// The device's memory, then the cache levels that were measured, with as many threads as were tried.
[[nodiscard]] std::vector<MemoryRoof> memory_roofs(const Device& device);

/// Number types that share a peak share a roof.
[[nodiscard]] std::vector<ComputeRoof> compute_roofs(const Device& device);

/// (R3) The name of the roof that holds the cost at its intensity: the memory's below the ridge, else that of the peak.
[[nodiscard]] std::string roof_name(const Device& device, const Cost& cost, const Roof& roof);

}  // namespace roofcast
