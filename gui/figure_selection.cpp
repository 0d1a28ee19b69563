// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/figure_selection.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/chart/roofline_figure.hpp"

namespace roofcast::gui {
namespace {

/// Concurrency counts all replicas, a batch is of one.
double batch_of(const Answer& a, std::size_t scenario, double concurrency) {
  return std::max(1.0, std::floor(concurrency / std::max(1, a.replicas[scenario])));
}

std::optional<Selection> curve_point(const Answer& a, const ChartSeries& series, const ChartPoint& p, bool limits) {
  const auto scenario = static_cast<std::size_t>(series.colour);
  if (series.colour < 0 || scenario >= a.replicas.size()) return {};
  if (limits) return Selection{.scenario = scenario, .batch = batch_of(a, scenario, p.y), .context = p.x};
  return Selection{.scenario = scenario, .batch = batch_of(a, scenario, p.x)};
}

bool shows(const SweepRecord& r, std::size_t pane, const ChartPoint& p) {
  const auto y = pane == 0 ? r.tokens_s_gpu : r.usd_mtok;
  return r.tokens_s_user == p.x && y == p.y;
}

std::optional<Selection> layout_point(const Answer& a, std::size_t pane, const ChartPoint& p) {
  for (std::size_t i = 0; i < std::min(a.records.size(), a.rows.points.size()); ++i)
    if (shows(a.records[i], pane, p)) return a.rows.points[i];
  return {};
}

/// An operator of a decode step selects that step as well; a prompt is read alone, whatever is decoded.
std::optional<Selection> operator_point(const Answer& a, const ChartSeries& series, std::size_t index) {
  const RooflineRow* row = marked_row(a.operators, series, index);
  if (row == nullptr) return {};
  Selection s{.op = SelectedOperator{.phase = row->phase, .name = row->op}};
  if (row->phase == Phase::decode) s.batch = row->batch;
  return s;
}

/// How far two selections are apart; infinity where they cannot mean the same point.
double distance(const Selection& a, const Selection& b) {
  if (a.op && b.op && *a.op != *b.op) return std::numeric_limits<double>::infinity();
  if (a.scenario != b.scenario || (a.tp && b.tp && a.tp != b.tp)) return std::numeric_limits<double>::infinity();
  const auto apart = [](std::optional<double> l, std::optional<double> r) {
    return l && r ? std::abs(std::log(*l / *r)) : 0.0;
  };
  return apart(a.batch, b.batch) + apart(a.context, b.context);
}

}  // namespace

std::optional<Selection> selection_at(const Answer& a, std::size_t pane, PointPlace place) {
  if (!a.figure || pane >= a.figure->panes.size() || place.series >= a.figure->panes[pane].series.size()) return {};
  const ChartSeries& series = a.figure->panes[pane].series[place.series];
  if (place.index >= series.points.size()) return {};
  const ChartPoint& p = series.points[place.index];
  switch (a.question.chart) {
    case ChartKind::limits:
      return curve_point(a, series, p, true);
    case ChartKind::throughput:
      return curve_point(a, series, p, false);
    case ChartKind::pareto:
      return layout_point(a, pane, p);
    case ChartKind::memory:
      if (p.x < 0 || p.x >= static_cast<double>(a.replicas.size())) return {};
      return Selection{.scenario = static_cast<std::size_t>(p.x)};
    case ChartKind::roofline:
      return operator_point(a, series, place.index);
  }
  return {};
}

std::vector<PointPlace> places_of(const Answer& a, const Selection& wanted, std::size_t pane) {
  if (!a.figure || pane >= a.figure->panes.size() || a.question.chart == ChartKind::memory) return {};
  const bool roofline = a.question.chart == ChartKind::roofline;
  if (roofline ? !wanted.op : !wanted.batch) return {};
  Selection selection = wanted;
  if (!selection.batch && a.estimate) selection.batch = a.estimate->batch;  // that of the step that is inspected
  std::vector<PointPlace> nearest;
  double least = std::numeric_limits<double>::infinity();
  const auto& series = a.figure->panes[pane].series;
  for (std::size_t s = 0; s < series.size(); ++s)
    for (std::size_t i = 0; i < series[s].points.size(); ++i) {
      const auto here = selection_at(a, pane, {s, i});
      const double apart = here ? distance(*here, selection) : std::numeric_limits<double>::infinity();
      if (apart < least) nearest = {{s, i}}, least = apart;
    }
  return nearest;
}

std::optional<std::size_t> row_of(const Answer& a, const Selection& selection) {
  if (!selection.batch) return {};  // a row is of one batch
  std::optional<std::size_t> nearest;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < a.rows.points.size(); ++i) {
    const double apart = distance(a.rows.points[i], selection);
    if (apart < least) nearest = i, least = apart;
  }
  return nearest;
}

}  // namespace roofcast::gui
