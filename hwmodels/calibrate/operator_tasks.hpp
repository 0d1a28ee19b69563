#pragma once

#include <span>
#include <vector>

#include "core/device.hpp"
#include "core/measured_row.hpp"
#include "core/result.hpp"
#include "hwmodels/calibrate/task.hpp"

namespace roofcast {

/// One task per kernel of a device among rows of one operator other than decode attention: framework, label,
/// variant and dtype, sorted. `share` of the shapes are set apart by the first hold-out.
[[nodiscard]] Result<std::vector<CalibrationTask>> operator_tasks(std::span<const MeasuredRow> rows,
                                                                  const Device& device, double share);

}  // namespace roofcast
