#pragma once

#include <string>
#include <vector>

#include "core/calibration.hpp"
#include "core/device.hpp"
#include "core/result.hpp"
#include "hwmodels/calibrate/least_squares.hpp"
#include "hwmodels/calibrate/row_group.hpp"
#include "hwmodels/csv_file.hpp"

namespace roofcast {

struct CalibrateOptions {
  double shapes_apart = 0.25;  ///< share of head shapes that the first hold-out sets apart
  std::string source{};        ///< of the measurements
  std::string date{};          ///< ISO 8601
  LeastSquaresOptions solver{};
};

struct MeasuredCalibrations {
  std::vector<Calibration> calibrations{};
  std::vector<GroupAccuracy> accuracy{};  ///< over all kernels
  std::vector<std::string> notes{};       ///< rows that were left out, and why
};

/// Fits every kernel that a measurement file has rows of this device for, of its first operator with a closed form.
/// Other operators and kernels with too few rows are notes; nothing left to fit is an error.
[[nodiscard]] Result<MeasuredCalibrations> measured_calibrations(const CsvFile& file, const Device& device,
                                                                 const CalibrateOptions& options);

}  // namespace roofcast
