#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/chart/chart.hpp"
#include "core/chart/roofline_rows.hpp"
#include "core/chart/throughput_figure.hpp"
#include "core/measured_row.hpp"

namespace roofcast {

/// Marks of a roofline, one series per step: an operator a mark, as large as its share of the time, operators of
/// several batches linked by thin lines. Operators that compute nothing go to the figure's footnotes.
[[nodiscard]] std::vector<ChartSeries> operator_marks(std::span<const RooflineRow> rows);

/// (V1-V5) Measured kernels of the device as hollow marks, one series per op; a row that is faster than its roof is
/// called so. Rows that compute nothing, have a problem or belong to another device are left out.
[[nodiscard]] std::vector<ChartSeries> measured_marks(std::span<const MeasuredRow> rows, const Device& device,
                                                      int first_style);

/// Attained FLOP/s against operational intensity under the roofs of the devices: memory (every level that was
/// measured), each number type, ridges labelled.
[[nodiscard]] Figure roofline_figure(std::span<const Device> devices, std::vector<ChartSeries> marks,
                                     const ChartSubject& subject, Grade grade);

}  // namespace roofcast
