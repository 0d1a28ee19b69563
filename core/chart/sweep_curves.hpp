#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/chart/chart.hpp"
#include "core/chart/concurrency_curve.hpp"
#include "core/chart/limit_curve.hpp"
#include "core/chart/memory_figure.hpp"
#include "core/chart/pareto_figure.hpp"
#include "core/chart/sweep_record.hpp"

namespace roofcast {

/// SLOs that rows are held against when a chart is drawn; a row's own status holds where none is given.
struct ChartSlos {
  std::optional<Seconds> tpot{};
  std::optional<Seconds> ttft{};
};

/// The rows of a sweep as what charts are made of. Names say what differs between rows, numbers of variants are the
/// same in all of them.
[[nodiscard]] std::vector<ConcurrencyCurve> concurrency_curves(std::span<const SweepRecord> records,
                                                               const ChartSlos& slos);
/// At each length the largest batch of the sweep that fits and keeps the SLOs, or the memory's own limit.
[[nodiscard]] std::vector<LimitCurve> limit_curves(std::span<const SweepRecord> records, const ChartSlos& slos);
[[nodiscard]] std::vector<ParetoPoint> pareto_points(std::span<const SweepRecord> records, const ChartSlos& slos);
/// Each variant and length at its largest batch that fits: weights and cache, which is what a sweep says.
[[nodiscard]] std::vector<MemoryBar> memory_bars(std::span<const SweepRecord> records);
/// A mark per row: a whole step.
[[nodiscard]] std::vector<ChartSeries> step_marks(std::span<const SweepRecord> records);

}  // namespace roofcast
