#pragma once

#include <cstdint>

#include "core/device.hpp"

namespace roofcast {

/// What is bought for some replicas: single devices, or whole units of a system.
struct Purchase {
  std::int64_t replicas_per_unit = 0;  ///< 0: single devices, or a replica takes several units
  std::int64_t units = 0;              ///< 0: single devices
  std::int64_t gpus = 0;               ///< all devices of the units

  friend bool operator==(const Purchase&, const Purchase&) = default;
};

/// (F8) Whole units: several replicas share one, and none lies in two unless it is larger than one.
/// @pre replica_gpus >= 1, replicas >= 1
[[nodiscard]] Purchase purchase(const Device& device, std::int64_t replica_gpus, std::int64_t replicas);

/// (F8) Most replicas that `gpus` devices hold, bought like that.
[[nodiscard]] std::int64_t replicas_within(const Device& device, std::int64_t replica_gpus, std::int64_t gpus);

}  // namespace roofcast
