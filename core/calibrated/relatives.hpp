#pragma once

#include "core/device.hpp"

namespace roofcast {

/// (C10) Whether figures fitted on one device may stand for another: same vendor and class, the same number
/// formats in the tensor units (which tell generations apart), the same kind of memory (HBM, GDDR, LPDDR).
[[nodiscard]] bool are_relatives(const Device& a, const Device& b);

/// (C10) How far relatives are apart: |ln| of the ratios of bandwidth, of compute units and of the ridge.
[[nodiscard]] double kinship(const Device& a, const Device& b);

}  // namespace roofcast
