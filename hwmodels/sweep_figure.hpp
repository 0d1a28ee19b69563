#pragma once

#include <span>

#include "core/chart/chart.hpp"
#include "core/chart/sweep_curves.hpp"
#include "core/chart/sweep_record.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// The charts of a sweep's rows.
enum class SweepChart { throughput, limits, pareto, memory, roofline };

/// A chart of the rows; the roofs of a roofline are those of devices whose names are known.
[[nodiscard]] Figure sweep_figure(SweepChart kind, std::span<const SweepRecord> records, const ChartSlos& slos,
                                  const PresetRoots& roots);

}  // namespace roofcast
