#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/engine.hpp"
#include "core/measured_row.hpp"
#include "hwmodels/calibrate/left_out_run.hpp"
#include "hwmodels/calibrate/serving_fit.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// The serving runs of one engine and kind of models on some devices that a fit can use, and those that were left out.
struct ServingSamples {
  std::vector<ServingSample> samples{};
  std::vector<LeftOutRun> left_out{};  ///< in file order
};

/// Left out are runs that no deployment describes, runs of more than eight devices (attention data parallelism that
/// the columns do not show), runs faster than their datasheet roofs, and series whose TPOT falls where the batch grows.
[[nodiscard]] ServingSamples serving_samples(std::span<const MeasuredRow> rows, const Engine& engine, bool experts,
                                             const std::vector<std::string>& devices, const PresetRoots& roots);

}  // namespace roofcast
