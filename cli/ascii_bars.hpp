#pragma once

#include <string>

#include "core/chart/chart.hpp"

namespace roofcast::cli {

/// A pane of categories: one lying bar each, a character per part.
[[nodiscard]] std::string ascii_bars(const ChartPane& pane, int columns);

}  // namespace roofcast::cli
