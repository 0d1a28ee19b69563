#pragma once

#include <vector>

#include "cli/chart_output.hpp"
#include "core/comparison.hpp"

namespace roofcast::cli {

/// --chart FILE and what it shows, for commands about scenarios.
[[nodiscard]] std::vector<Option> scenario_chart_options();

/// Draws the scenarios as --chart-kind says. Exit: ok, or that of the problem, which is reported.
Exit write_scenario_chart(const std::vector<Candidate>& candidates, const ChartTarget& target,
                          const ParsedOptions& options, Io io);

}  // namespace roofcast::cli
