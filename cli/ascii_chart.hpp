#pragma once

#include <string>

#include "core/chart/chart.hpp"

namespace roofcast::cli {

/// The figure for a terminal of so many columns, in ASCII: every pane with its axes, a letter per series, a legend
/// below. Bars lie. No line is wider; no trailing spaces.
[[nodiscard]] std::string ascii_chart(const Figure& figure, int columns);

}  // namespace roofcast::cli
