#pragma once

#include <vector>

#include "core/device.hpp"
#include "core/measured_row.hpp"
#include "core/result.hpp"
#include "hwmodels/calibrate/task.hpp"

namespace roofcast {

/// One task per kernel of a device: framework, label, variant and cache dtype, sorted. `shapes_apart` is the
/// share of head shapes (heads, KV heads, head dim, window) that the first hold-out sets apart; the others set
/// apart the middle batch and the two longest contexts.
[[nodiscard]] Result<std::vector<CalibrationTask>> decode_attention_tasks(
    const std::vector<Measured<DecodeAttentionCall>>& rows, const Device& device, double shapes_apart);

}  // namespace roofcast
