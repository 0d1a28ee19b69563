#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/report_section.hpp"
#include "core/comparison.hpp"

namespace roofcast::cli {

/// What `compare` prints for people: a column per candidate, figures with their change against the first
/// column, notes. Too many columns for the width continue in a block below.
[[nodiscard]] std::string comparison_report(const Comparison& c, const Terminal& terminal);

/// The same as one table whatever its width, for documents; a row of one cell is a heading.
[[nodiscard]] ReportSection comparison_section(const Comparison& c);

}  // namespace roofcast::cli
