#pragma once

#include <span>

#include "core/chart/chart.hpp"
#include "core/chart/limit_curve.hpp"
#include "core/chart/throughput_figure.hpp"

namespace roofcast {

/// Largest concurrency against context, a curve per variant: solid where memory binds, dashed where TPOT does, dotted
/// where TTFT does. A single curve has these stretches as regions too. `declared`: the model's context; 0: not known.
[[nodiscard]] Figure limits_figure(std::span<const LimitCurve> curves, const ChartSubject& subject,
                                   double declared = 0);

}  // namespace roofcast
