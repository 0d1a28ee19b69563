#pragma once

#include <span>
#include <string>

#include "cli/command.hpp"
#include "core/chart/roofline_rows.hpp"

namespace roofcast::cli {

/// A table per step: its operators with their intensity, the rate attained and allowed, share of the time, bound.
[[nodiscard]] std::string roofline_report(std::span<const RooflineRow> rows, const Terminal& terminal);

}  // namespace roofcast::cli
