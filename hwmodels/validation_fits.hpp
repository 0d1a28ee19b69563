#pragma once

#include <string>

#include "hwmodels/validation.hpp"

namespace roofcast {

/// What predictions rest on beside the roofs.
struct ValidationFits {
  ServingFits serving{};
  CalibratedPrediction kernels{};
};

/// "auto": all that is shipped; "none": the roofs alone; else the path of one file, of kernels
/// (roofcast/calibration/1) or of an engine's pace (roofcast/serving/1), and nothing beside it.
[[nodiscard]] Result<ValidationFits> validation_fits(const std::string& choice, const PresetRoots& roots);

}  // namespace roofcast
