#pragma once

#include <optional>

#include "core/device.hpp"

namespace roofcast {

/// What a closed form needs to know of a device: data sheet figures, nothing fitted.
struct Machine {
  BytesPerSecond bandwidth{};
  FlopsPerSecond compute{};  ///< dense peak of the product's type
  Bytes cache{};             ///< last level; 0: not known, nothing stays there
  double units = 1;          ///< SMs, CUs, Xe cores

  friend bool operator==(const Machine&, const Machine&) = default;
};

/// nullopt where the device states no rate for `type`, no bandwidth or no number of units.
[[nodiscard]] std::optional<Machine> machine(const Device& device, Compute type);

/// Whether what a call reads may still lie in the last-level cache from the call before. Benchmarks that
/// repeat one call without a flush measure so; in serving other layers come in between.
enum class CacheReuse { none, between_calls };

}  // namespace roofcast
