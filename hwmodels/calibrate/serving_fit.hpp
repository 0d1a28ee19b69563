#pragma once

#include <string>
#include <vector>

#include "core/calibrated/serving_calibration.hpp"
#include "core/compiled_scenario.hpp"
#include "core/result.hpp"

namespace roofcast {

/// A serving run as the fit needs it: its deployment under the roofs, and what was measured.
struct ServingSample {
  CompiledScenario compiled{};  ///< without a pace
  Workload workload{};
  double batch = 1;  ///< requests in flight per replica
  int gpus = 1;      ///< of one replica
  std::string device{};
  std::string configuration{};  ///< all that is fixed while the batch is varied: such rows are set apart together
  std::string series{};         ///< the same, of one version of the engine
  double ttft_ms = 0;
  double tpot_ms = 0;
};

/// Fits the pace of one engine to all samples, and five times to four fifths of the configurations: errors and bands
/// are of the rows that were apart. Robust least squares of ln(time); TPOT first, then TTFT with the pace found.
/// `calibration` brings engine, kind of models, relatives, source and date. Errors: fewer samples than twice the
/// parameters, or than the parameters when a fifth of the configurations is apart.
[[nodiscard]] Result<ServingCalibration> fit_serving(const std::vector<ServingSample>& samples,
                                                     ServingCalibration calibration);

}  // namespace roofcast
