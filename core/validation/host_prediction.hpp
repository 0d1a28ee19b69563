#pragma once

#include <optional>

#include "core/device.hpp"
#include "core/validation/prediction.hpp"

namespace roofcast {

/// What the ceilings of a probed CPU say of a row of this project's own CPU kernel (H5); nullopt for other kernels,
/// other devices and whatever the probe did not measure.
[[nodiscard]] std::optional<Prediction> host_prediction(const MeasuredRow& row, const Device& device);

}  // namespace roofcast
