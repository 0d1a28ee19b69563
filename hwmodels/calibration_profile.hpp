#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/calibration.hpp"
#include "core/result.hpp"

namespace roofcast {

/// What `roofcast calibrate` writes: fitted kernels of one device (docs/profiles.md, "roofcast/calibration/1"). Unknown
/// keys, wrong types and kernels that occur twice are errors; all of them are reported.
[[nodiscard]] Result<std::vector<Calibration>> parse_calibrations(std::string_view text, std::string_view origin);
[[nodiscard]] Result<std::vector<Calibration>> load_calibrations(const std::filesystem::path& file);

/// The same as text that `parse_calibrations` reads back to equal values.
/// @pre not empty; hardware, source and date are those of the first.
[[nodiscard]] std::string calibrations_json(const std::vector<Calibration>& calibrations);

}  // namespace roofcast
