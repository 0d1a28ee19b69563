#include "core/calibrated/machine.hpp"

namespace roofcast {

std::optional<Machine> machine(const Device& device, Compute type) {
  const auto rate = peak_rate(device, type);
  if (!rate || device.compute_units < 1 || device.bandwidth <= BytesPerSecond{}) return {};
  return Machine{.bandwidth = device.bandwidth,
                 .compute = *rate,
                 .cache = device.last_level_cache,
                 .units = static_cast<double>(device.compute_units)};
}

}  // namespace roofcast
