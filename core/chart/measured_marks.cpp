#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/calibrated/call_cost.hpp"
#include "core/chart/device_roofs.hpp"
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

/// From the rate that was measured to that of the least time that the roofs allow.
std::optional<ChartRuler> ruler(FlopsPerSecond attained, Flops flops, const Prediction& least, const Device& device) {
  if (!least.figures[0] || least.figures[0]->value <= 0) return {};
  const auto memory = memory_roofs(device).front().name;
  return roof_ruler(attained, flops / (least.figures[0]->value * units::us),
                    least.bound == Bound::memory ? std::string_view{memory} : name(least.bound));
}

}  // namespace

std::vector<ChartSeries> measured_marks(std::span<const MeasuredRow> rows, const Device& device, int first_style) {
  NameOrder names;
  std::vector<ChartSeries> out;
  for (const auto& row : rows) {
    if (!row.problem.empty() || (!row.kernel.hardware.empty() && row.kernel.hardware != device.id)) continue;
    const auto work = std::visit(CallCost{row}, row.call);
    if (!work || work->flops <= Flops{} || work->bytes <= Bytes{} || row.latency_us <= 0) continue;
    const auto least = predict_kernel(row, device);
    const bool above = least.figures[0] && row.latency_us < least.figures[0]->value * (1 - 1e-6);  // beyond rounding
    const auto name = fmt::format("measured {}{}", op(row.call), above ? ", faster than its roof" : "");
    const auto at = static_cast<std::size_t>(names.index(name));
    if (at == out.size())
      out.push_back(styled_series(name, SeriesShape::hollow_marks, first_style + static_cast<int>(at)));
    const auto rate = work->flops / (row.latency_us * units::us);
    out[at].points.push_back({.x = intensity(*work).in(units::flop / units::byte),
                              .y = rate.in(units::flop / units::s),
                              .text = fmt::format("{} {}: {}, {}", op(row.call), shape_text(row.call),
                                                  format_intensity(intensity(*work)), format_rate(rate)),
                              .ruler = ruler(rate, work->flops, least, device)});
  }
  return out;
}

}  // namespace roofcast
