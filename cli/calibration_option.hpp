#pragma once

#include <string>

#include "cli/option_table.hpp"

namespace roofcast::cli {

/// --calibration auto|none|FILE: what times rest on.
[[nodiscard]] Option calibration_option(std::string group);

}  // namespace roofcast::cli
