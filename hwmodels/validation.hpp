#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/validation/validation.hpp"
#include "hwmodels/csv_file.hpp"
#include "hwmodels/preset_roots.hpp"
#include "hwmodels/row_predictor.hpp"

namespace roofcast {

struct ValidationRequest {
  std::vector<std::filesystem::path> files{};
  std::optional<Device> device{};     ///< of every row; absent: each row's own `hardware`
  ServingFits serving{};              ///< of serving runs
  CalibratedPrediction calibrated{};  ///< of kernels; empty: the roofline alone
  PresetRoots roots{};                ///< where rows' devices, models and engines are found
  std::stop_token stop{};             ///< ends the validation before all rows are predicted
};

/// What was read beside what came of it.
struct ValidationRun {
  std::vector<CsvFile> inputs{};
  Validation validation{};
};

/// THE FACADE of validation: every row of every file joined with its prediction. Errors: files that cannot be
/// read, rows that cannot be understood, a stop that was requested. A row that nothing can be predicted for stays, with
/// the reason.
[[nodiscard]] Result<ValidationRun> validate(const ValidationRequest& request);

}  // namespace roofcast
