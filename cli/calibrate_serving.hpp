#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/parsed_options.hpp"

namespace roofcast::cli {

/// --date, or today in UTC.
[[nodiscard]] std::string fit_date(const ParsedOptions& options);

/// `calibrate --engine`: fits an engine's pace to serving runs and writes it.
[[nodiscard]] Exit calibrate_serving(const ParsedOptions& options, Io io);

}  // namespace roofcast::cli
