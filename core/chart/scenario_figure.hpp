#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "core/chart/chart.hpp"
#include "core/chart/throughput_figure.hpp"
#include "core/comparison.hpp"

namespace roofcast {

/// The charts of scenarios. Others are of sweeps and of measured rows alone.
enum class ScenarioChart { throughput, limits, memory, roofline };

/// What a chart of this scenario says of it: model and deployment, length, formats, engine.
[[nodiscard]] ChartSubject chart_subject(const Scenario& scenario);

/// One chart of scenarios side by side, each named by its label; one that cannot be is a footnote. A roofline has
/// the operators of the first alone, at its batch or the largest that fits. Errors: none of them can be.
[[nodiscard]] Result<Figure> scenario_figure(ScenarioChart kind, const std::vector<Candidate>& candidates);

}  // namespace roofcast
