#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/calibrated/call_cost.hpp"
#include "core/chart/roofline_figure.hpp"
#include "core/chart/series_style.hpp"
#include "core/quantity_text.hpp"
#include "core/validation/prediction.hpp"
#include "core/validation/row_groups.hpp"

namespace roofcast {
namespace {

struct CallCost {
  const MeasuredRow& row;

  std::optional<Cost> operator()(const GemmCall& c) const {
    const auto format = find_weight_format(row.dtype);
    return format ? std::optional{cost(c, *format)} : std::nullopt;
  }
  std::optional<Cost> operator()(const MoeCall& c) const {
    const auto format = find_weight_format(row.dtype);
    return format ? std::optional{cost(c, *format, expert_matrices(row.kernel))} : std::nullopt;
  }
  std::optional<Cost> operator()(const ServingRun&) const { return {}; }
  std::optional<Cost> operator()(const CacheStart&) const { return {}; }
  std::optional<Cost> operator()(const auto& c) const { return cost(c); }
};

/// Measured in less time than the roofs allow, by more than rounding.
bool beats_roof(const MeasuredRow& row, const Device& device) {
  const auto least = predict_kernel(row, device).figures[0];
  return least && row.latency_us < least->value * (1 - 1e-6);
}

}  // namespace

std::vector<ChartSeries> measured_marks(std::span<const MeasuredRow> rows, const Device& device, int first_style) {
  NameOrder names;
  std::vector<ChartSeries> out;
  for (const auto& row : rows) {
    if (!row.problem.empty() || (!row.kernel.hardware.empty() && row.kernel.hardware != device.id)) continue;
    const auto work = std::visit(CallCost{row}, row.call);
    if (!work || work->flops <= Flops{} || work->bytes <= Bytes{} || row.latency_us <= 0) continue;
    const bool above = beats_roof(row, device);
    const auto name = fmt::format("measured {}{}", op(row.call), above ? ", faster than its roof" : "");
    const auto at = static_cast<std::size_t>(names.index(name));
    if (at == out.size())
      out.push_back(styled_series(name, SeriesShape::hollow_marks, first_style + static_cast<int>(at)));
    const auto rate = work->flops / (row.latency_us * units::us);
    out[at].points.push_back({.x = intensity(*work).in(units::flop / units::byte),
                              .y = rate.in(units::flop / units::s),
                              .text = fmt::format("{} {}: {}, {}", op(row.call), shape_text(row.call),
                                                  format_intensity(intensity(*work)), format_rate(rate))});
  }
  return out;
}

}  // namespace roofcast
