#pragma once

#include <string>

#include "core/device.hpp"
#include "core/validation/prediction.hpp"

namespace roofcast {

/// Why a row may be faster than its roof: what the shape, the device and `share` (measured / roof, below 1)
/// speak for. The row itself stays as it is.
[[nodiscard]] std::string likely_cause(const MeasuredRow& row, const Device& device, Bound bound, double share);

}  // namespace roofcast
