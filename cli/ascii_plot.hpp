#pragma once

#include <string>

#include "core/chart/chart.hpp"

namespace roofcast::cli {

/// One pane with numeric axes: lines and marks as the letter of their series, guides as - and |.
[[nodiscard]] std::string ascii_plot(const ChartPane& pane, int columns);

}  // namespace roofcast::cli
