#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/chart/roofline_figure.hpp"
#include "core/chart/series_style.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

/// Operators below this share of a step are too small for a name beside their mark.
constexpr double kNamedShare = 0.03;

std::string step_name(const RooflineRow& row) {
  return row.phase == Phase::prefill ? "prefill, one prompt"
                                     : fmt::format("decode, batch {}", with_thousands(row.batch));
}

/// @pre the row has a roof
ChartPoint mark(const RooflineRow& row) {
  const auto x = intensity(row.cost);
  return {.x = x.in(units::flop / units::byte),
          .y = row.attained.in(units::flop / units::s),
          .weight = row.share,
          .text = fmt::format("{}, {}: {}, {}, {:.1f}% of the step, {}-bound ({})", step_name(row), row.op,
                              format_intensity(x), format_rate(row.attained), 100 * row.share, name(row.timed.bound),
                              name(row.grade)),
          .label = row.share >= kNamedShare ? row.op : std::string{},
          .ruler = roof_ruler(row.attained, *row.roof, row.roof_name)};
}

/// Thin lines from each operator's mark in one decode step to its mark in the next.
void add_trails(std::vector<ChartSeries>& out, std::span<const RooflineRow> rows) {
  NameOrder ops;
  std::vector<ChartSeries> trails;
  for (const auto& row : rows) {
    if (row.phase != Phase::decode || !row.roof) continue;
    const auto at = static_cast<std::size_t>(ops.index(row.op));
    if (at == trails.size()) {
      trails.push_back(styled_series(row.op, SeriesShape::line, 0));
      trails.back().stroke = SeriesStroke::dotted;
      trails.back().in_legend = false;
    }
    auto p = mark(row);
    p.label.clear();
    p.weight = 1;
    trails[at].points.push_back(std::move(p));
  }
  for (auto& t : trails)
    if (t.points.size() > 1) out.push_back(std::move(t));
}

/// The row has a mark in this series: of its step, or of the trail of its operator.
bool is_marked(const RooflineRow& row, const ChartSeries& series) {
  if (!row.roof) return false;
  if (series.shape == SeriesShape::marks) return step_name(row) == series.name;
  return series.stroke == SeriesStroke::dotted && row.phase == Phase::decode && row.op == series.name;
}

}  // namespace

ChartRuler roof_ruler(FlopsPerSecond attained, FlopsPerSecond roof, std::string_view roof_name) {
  constexpr double kSame = 1.005;  // less is not seen
  const double below = roof / attained;
  const auto gap = below > kSame       ? fmt::format("{:.3g}x below", below)
                   : below < 1 / kSame ? fmt::format("{:.3g}x above", 1 / below)
                                       : std::string{"on"};
  return {.to = roof.in(units::flop / units::s), .label = fmt::format("{} {} roof", gap, roof_name)};
}

const RooflineRow* marked_row(std::span<const RooflineRow> rows, const ChartSeries& series, std::size_t index) {
  for (const auto& row : rows)
    if (is_marked(row, series) && index-- == 0) return &row;
  return nullptr;
}

std::vector<ChartSeries> operator_marks(std::span<const RooflineRow> rows) {
  NameOrder steps;
  std::vector<ChartSeries> out;
  for (const auto& row : rows) {
    const auto at = static_cast<std::size_t>(steps.index(step_name(row)));
    if (at == out.size()) out.push_back(styled_series(step_name(row), SeriesShape::marks, static_cast<int>(at)));
    if (row.roof) out[at].points.push_back(mark(row));
  }
  add_trails(out, rows);
  return out;
}

}  // namespace roofcast
