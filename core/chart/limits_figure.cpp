#include "core/chart/limits_figure.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/chart/coinciding_curves.hpp"
#include "core/chart/finished_figure.hpp"
#include "core/chart/problem_notes.hpp"
#include "core/chart/series_style.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

std::string_view word(std::optional<Limit> l) {
  return !l ? "an SLO" : *l == Limit::memory ? "memory" : *l == Limit::tpot ? "TPOT" : "TTFT";
}
SeriesStroke stroke(std::optional<Limit> l) {
  return l == Limit::memory ? SeriesStroke::solid : l == Limit::ttft ? SeriesStroke::dotted : SeriesStroke::dashed;
}

/// "memory: 47,109 tokens", "TTFT": what stops the curve.
std::string end_text(const LimitCurve& c) {
  if (!c.end) return "no sequence beyond";
  return c.longest ? fmt::format("{}: {} tokens", word(c.end), with_thousands(*c.longest)) : std::string(word(c.end));
}

/// One series for each stretch that the same limit binds; neighbours share a point.
std::vector<ChartSeries> stretches(const LimitCurve& c) {
  std::vector<ChartSeries> out;
  for (std::size_t i = 0; i < c.points.size(); ++i) {
    const LimitPoint& p = c.points[i];
    if (i == 0 || p.binding != c.points[i - 1].binding) {
      auto next = styled_series(c.name, SeriesShape::line_with_marks, c.style);
      next.stroke = stroke(p.binding);
      next.in_legend = out.empty();
      if (!out.empty()) next.points.push_back(out.back().points.back());
      out.push_back(std::move(next));
    }
    out.back().points.push_back(
        {.x = p.context,
         .y = p.concurrency,
         .text = fmt::format("{}, {} tokens: {} sequences ({} binds)", c.name, with_thousands(p.context),
                             with_thousands(p.concurrency), word(p.binding))});
  }
  if (c.ends && !out.empty()) out.back().end_label = end_text(c);
  return out;
}

/// Which limit binds where, of a curve that has the chart to itself.
std::vector<ChartRegion> regions(const LimitCurve& c) {
  std::vector<ChartRegion> out;
  for (const auto& p : c.points) {
    const auto label = fmt::format("{} binds", word(p.binding));
    if (out.empty() || out.back().label != label) {
      if (!out.empty()) out.back().x_high = p.context;
      out.push_back({.label = label, .colour = static_cast<int>(p.binding.value_or(Limit::tpot))});
      if (out.size() > 1) out.back().x_low = p.context;
    }
  }
  return out;
}

}  // namespace

Figure limits_figure(std::span<const LimitCurve> curves, const ChartSubject& subject, double declared) {
  ChartPane pane{
      .x = {.title = "context, tokens per sequence", .scale = AxisScale::logarithmic, .ticks = TickText::binary_prefix},
      .y = {.title = "concurrent sequences, at most",
            .scale = AxisScale::logarithmic,
            .ticks = TickText::decimal_prefix}};
  Figure f{
      .title = subject.title, .subtitle = subject.subtitle, .grade = Grade::exact, .footnotes = problem_notes(curves)};
  std::size_t drawn = 0, there = 0;
  bool slo_binds = false, by_rules = false;
  for (const auto& c : curves) {
    if (c.points.empty() || ++there > kMostCurves) continue;
    ++drawn;
    f.grade = less_certain(f.grade, c.grade);
    by_rules |= c.by_rules;
    slo_binds |= std::ranges::any_of(c.points, [](const auto& p) { return p.binding != Limit::memory; });
    for (auto& s : stretches(c)) pane.series.push_back(std::move(s));
  }
  for (auto& note : coincidence_notes(
           curves, [](const auto& p) { return p.context; }, [](const auto& p) { return p.concurrency; }))
    f.footnotes.push_back(std::move(note));
  if (there > drawn) f.footnotes.push_back(fmt::format("{} more curves are left out", there - drawn));
  if (slo_binds) f.footnotes.emplace_back("solid: memory binds; dashed: TPOT; dotted: TTFT");
  if (curves.size() == 1 && slo_binds) pane.regions = regions(curves.front());
  if (declared > 0)
    pane.guides.push_back({.at = declared, .label = fmt::format("declared context {}", with_thousands(declared))});
  f.panes = {std::move(pane)};
  const bool memory_alone = !slo_binds && by_rules;
  if (memory_alone) f.grade = Grade::theoretical;
  if (slo_binds && by_rules) f.footnotes.emplace_back("where memory binds: overhead by the engine's rules");
  return memory_alone ? finished(std::move(f), kByEngineRules) : finished(std::move(f));
}

}  // namespace roofcast
