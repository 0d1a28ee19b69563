#pragma once

#include <memory>

#include "core/calibrated/calibrated_kernels.hpp"
#include "core/result.hpp"
#include "core/validation/prediction.hpp"

namespace roofcast {

/// Predictions of prompt attention, MLA decode, GEMM, experts and all-reduce with what was fitted, as benchmarks time
/// them. Where a version of the engine was not fitted, the latest that was stands for it. A calibration that
/// cannot be used is an error.
[[nodiscard]] Result<CalibratedPrediction> operator_prediction(std::shared_ptr<const CalibratedKernels> kernels);

}  // namespace roofcast
