#include "core/chart/parity_figure.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "core/accuracy.hpp"
#include "core/chart/finished_figure.hpp"
#include "core/chart/series_style.hpp"

namespace roofcast {
namespace {

/// The diagonal with its band over all values of a pane.
ChartSeries diagonal(const std::vector<ChartSeries>& series, double tolerance, int style) {
  double least = HUGE_VAL, most = 0;
  for (const auto& s : series)
    for (const auto& p : s.points) {
      least = std::min({least, p.x, p.y});
      most = std::max({most, p.x, p.y});
    }
  auto line = styled_series(fmt::format("equal, and within {:g}%", 100 * tolerance), SeriesShape::line, style);
  for (const double at : {least, most})
    line.points.push_back({.x = at, .y = at, .low = (1 - tolerance) * at, .high = (1 + tolerance) * at});
  return line;
}

/// Intervals of so many rows would hide the marks.
constexpr std::size_t kMostIntervals = 300;

/// Takes the intervals off a crowded pane; the score still counts them.
bool drop_crowded_intervals(ChartPane& pane) {
  std::size_t intervals = 0;
  for (const auto& s : pane.series)
    for (const auto& p : s.points) intervals += p.low && p.high;
  if (intervals <= kMostIntervals) return false;
  for (auto& s : pane.series)
    for (auto& p : s.points) {
      p.low.reset();
      p.high.reset();
    }
  return true;
}

/// "kernel time, us: 120 rows, median error 6.2%, 88% within 20%, 91% of 120 intervals hold"
std::string score_text(const std::string& pane, std::span<const ParityPoint> points, double tolerance) {
  std::vector<double> predicted, measured;
  double within = 0, intervals = 0, held = 0;
  for (const auto& p : points) {
    if (p.pane != pane || !(p.measured > 0) || !(p.predicted > 0)) continue;
    predicted.push_back(p.predicted);
    measured.push_back(p.measured);
    within += std::abs(p.predicted / p.measured - 1) <= tolerance;
    if (!p.low || !p.high) continue;
    ++intervals;
    held += *p.low <= p.measured && p.measured <= *p.high;
  }
  const auto a = accuracy(predicted, measured);
  auto text = fmt::format("{}: {} rows, median error {:.1f}%, {:.0f}% of rows within {:g}%", pane, a.rows,
                          a.median_percent, 100 * within / std::max(1, a.rows), 100 * tolerance);
  if (intervals > 0) text += fmt::format("; the interval holds {:.0f}%", 100 * held / intervals);
  return text;
}

}  // namespace

Figure parity_figure(std::span<const ParityPoint> points, const ChartSubject& subject, double tolerance) {
  Figure f{.title = subject.title, .subtitle = subject.subtitle, .grade = Grade::exact};
  NameOrder variants, panes;
  for (const auto& p : points) {
    static_cast<void>(variants.index(p.variant));
    const auto at = static_cast<std::size_t>(panes.index(p.pane));
    if (at == f.panes.size())
      f.panes.push_back({.title = p.pane,
                         .x = {.title = "measured " + p.pane, .scale = AxisScale::logarithmic},
                         .y = {.title = "predicted " + p.pane, .scale = AxisScale::logarithmic}});
    auto& series = f.panes[at].series;
    auto own = std::ranges::find(series, p.variant, &ChartSeries::name);
    if (own == series.end()) {
      series.push_back(styled_series(p.variant, SeriesShape::marks, variants.index(p.variant)));
      own = series.end() - 1;
    }
    own->points.push_back({.x = p.measured, .y = p.predicted, .low = p.low, .high = p.high, .text = p.text});
    f.grade = less_certain(f.grade, p.grade);
  }
  if (points.empty()) f.grade = Grade::theoretical;
  f = finished(std::move(f));
  for (auto& pane : f.panes) {
    if (pane.series.empty()) continue;
    f.footnotes.push_back(score_text(pane.title, points, tolerance));
    if (drop_crowded_intervals(pane)) f.footnotes.back() += " (not drawn: too many)";
    pane.series.push_back(diagonal(pane.series, tolerance, static_cast<int>(variants.names().size())));
  }
  std::erase_if(f.panes, [](const ChartPane& p) { return p.series.empty(); });
  return f;
}

}  // namespace roofcast
