#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/calibrated/serving_calibration.hpp"
#include "core/result.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// Reads a serving calibration (schema roofcast/serving/1): every parameter of ServingPace within its bounds,
/// every band around 1, no unknown key. `origin` labels errors.
[[nodiscard]] Result<ServingCalibration> parse_serving(std::string_view text, std::string_view origin);
[[nodiscard]] Result<ServingCalibration> load_serving(const std::filesystem::path& file);
[[nodiscard]] std::string serving_json(const ServingCalibration& c);

/// All serving calibrations of an engine, files ENGINE-*.json in serving/ of each root: the strongest root first.
[[nodiscard]] Result<std::vector<ServingCalibration>> list_serving(const PresetRoots& roots, std::string_view engine);

}  // namespace roofcast
