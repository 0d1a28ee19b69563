#pragma once

#include "cli/option_reader.hpp"
#include "cli/option_table.hpp"
#include "core/engine.hpp"

namespace roofcast::cli {

/// --calibration auto|none|FILE: what times rest on.
[[nodiscard]] Option calibration_option(std::string group);

/// Leaves the engine the fits that the option says: its own, none, or a file's. Problems go to the reader.
void take_calibration(OptionReader& reader, const ParsedOptions& options, Engine& engine);

}  // namespace roofcast::cli
