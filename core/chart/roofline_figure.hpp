#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/chart/chart.hpp"
#include "core/chart/roofline_rows.hpp"
#include "core/chart/throughput_figure.hpp"
#include "core/measured_row.hpp"

namespace roofcast {

/// Marks of a roofline, one series per step: an operator a mark, as large as its share of the time, operators of
/// several batches linked by thin lines. Operators that compute nothing go to the figure's footnotes.
[[nodiscard]] std::vector<ChartSeries> operator_marks(std::span<const RooflineRow> rows);

/// The row that point `index` of one of those series stands for; null where it is none of them.
[[nodiscard]] const RooflineRow* marked_row(std::span<const RooflineRow> rows, const ChartSeries& series,
                                            std::size_t index);

/// "2.1x below HBM3 roof", "on HBM3 roof", and the way to it.
[[nodiscard]] ChartRuler roof_ruler(FlopsPerSecond attained, FlopsPerSecond roof, std::string_view roof_name);

/// (V1-V5) Measured kernels of the device as hollow marks, one series per op; a row that is faster than its roof is
/// called so. Rows that compute nothing, have a problem or belong to another device are left out.
[[nodiscard]] std::vector<ChartSeries> measured_marks(std::span<const MeasuredRow> rows, const Device& device,
                                                      int first_style);

/// Attained FLOP/s against operational intensity under the roofs of the devices: memory (every level that was
/// measured), each number type, ridges labelled.
[[nodiscard]] Figure roofline_figure(std::span<const Device> devices, std::vector<ChartSeries> marks,
                                     const ChartSubject& subject, Grade grade);

}  // namespace roofcast
