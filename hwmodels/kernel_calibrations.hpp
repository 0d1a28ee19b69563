#pragma once

#include <filesystem>

#include "core/calibrated/calibrated_kernels.hpp"
#include "core/result.hpp"
#include "core/validation/prediction.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// Every file of calibrations/ in the preset roots; a file of the same name in a stronger root hides others.
[[nodiscard]] Result<CalibratedKernels> list_kernel_calibrations(const PresetRoots& roots);

/// One file alone; its device is looked up by name in `roots`.
[[nodiscard]] Result<CalibratedKernels> load_kernel_calibrations(const std::filesystem::path& file,
                                                                 const PresetRoots& roots);

/// Predicts measured kernel calls with what was fitted, as benchmarks time them: calls repeat, and the
/// last-level cache keeps what fits. A calibration that cannot be used is an error.
[[nodiscard]] Result<CalibratedPrediction> kernel_prediction(CalibratedKernels kernels);

}  // namespace roofcast
