#include "core/chart/throughput_figure.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/chart/coinciding_curves.hpp"
#include "core/chart/finished_figure.hpp"
#include "core/chart/problem_notes.hpp"
#include "core/chart/series_style.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

constexpr std::array kLengthStrokes{SeriesStroke::solid, SeriesStroke::dashed};

std::string point_text(const std::string& name, const ConcurrencyPoint& p) {
  return fmt::format("{}, {} sequences: {:.4g} tokens/s, {:.4g} per user ({}){}", name, with_thousands(p.concurrency),
                     p.tokens_s, p.tokens_s_user, roofcast::name(p.grade), p.keeps_slos ? "" : ", an SLO is missed");
}

/// "SLO", or the one that is missed.
std::string slo_word(const ConcurrencyCurve& c) {
  return c.slo == Limit::tpot ? "TPOT" : c.slo == Limit::ttft ? "TTFT" : "SLO";
}

/// One of the two figures of a point, and what multiplies its interval.
struct Ordinate {
  double (*value)(const ConcurrencyPoint&);
};

ChartPoint chart_point(const ConcurrencyCurve& c, const ConcurrencyPoint& p, Ordinate m) {
  const double value = m.value(p);
  ChartPoint out{.x = p.concurrency, .y = value, .text = point_text(c.name, p)};
  const double scale = value / p.tokens_s_user;
  if (p.user_low) out.low = *p.user_low * scale;
  if (p.user_low && p.user_high) out.high = *p.user_high * scale;  // a band needs both ends
  return out;
}

/// The curve as far as it keeps the SLOs, then dotted the rest. Both share a point.
void add_curve(ChartPane& pane, const ConcurrencyCurve& c, Ordinate m) {
  ChartSeries kept = styled_series(c.name, SeriesShape::line_with_marks, c.style);
  kept.mark = c.style + c.length_style;  // lengths of one variant share its colour
  kept.stroke = kLengthStrokes[static_cast<std::size_t>(c.length_style) % kLengthStrokes.size()];
  ChartSeries missed = kept;
  missed.stroke = SeriesStroke::dotted;
  for (const auto& p : c.points) {
    if (!p.keeps_slos && missed.points.empty() && !kept.points.empty()) missed.points.push_back(kept.points.back());
    (p.keeps_slos ? kept : missed).points.push_back(chart_point(c, p, m));
  }
  const auto limited = [](std::string word, const std::optional<double>& limit) {
    return limit ? fmt::format("{}: {}", word, with_thousands(*limit)) : word;
  };
  if (!kept.points.empty() && !missed.points.empty()) {
    kept.end_label = limited(slo_word(c), c.slo_limit);
    missed.in_legend = false;
  }
  auto& last = missed.points.empty() ? kept : missed;
  if (c.memory_limit && !last.points.empty()) last.end_label = limited("memory", c.memory_limit);
  if (!kept.points.empty()) pane.series.push_back(std::move(kept));
  if (!missed.points.empty()) pane.series.push_back(std::move(missed));
}

bool any_point(std::span<const ConcurrencyCurve> curves, bool (*holds)(const ConcurrencyPoint&)) {
  return std::ranges::any_of(curves, [&](const auto& c) { return std::ranges::any_of(c.points, holds); });
}

}  // namespace

std::string slo_text(Seconds tpot) {
  return fmt::format("TPOT {}", format_seconds(tpot));
}

Figure throughput_figure(std::span<const ConcurrencyCurve> curves, const ChartSubject& subject) {
  const ChartAxis x{.title = "concurrent sequences", .scale = AxisScale::logarithmic};
  ChartPane total{.title = "Throughput of the deployment",
                  .x = x,
                  .y = {.title = "tokens/s", .scale = AxisScale::logarithmic, .ticks = TickText::decimal_prefix}};
  ChartPane user{.title = "Speed that one user sees", .x = x, .y = {.title = "tokens/s per user", .least = 0}};
  if (subject.tpot_slo)
    user.guides.push_back({.direction = ChartGuide::Direction::horizontal,
                           .at = units::s / *subject.tpot_slo,
                           .label = slo_text(*subject.tpot_slo)});
  Figure f{
      .title = subject.title, .subtitle = subject.subtitle, .grade = Grade::exact, .footnotes = problem_notes(curves)};
  std::size_t drawn = 0;
  for (const auto& c : curves) {
    if (c.points.empty() || drawn == kMostCurves) continue;
    ++drawn;
    add_curve(total, c, {[](const ConcurrencyPoint& p) { return p.tokens_s; }});
    add_curve(user, c, {[](const ConcurrencyPoint& p) { return p.tokens_s_user; }});
    for (const auto& p : c.points) f.grade = less_certain(f.grade, p.grade);
  }
  if (drawn == 0) f.grade = Grade::theoretical;
  for (auto& note : coincidence_notes(
           curves, [](const auto& p) { return p.concurrency; }, [](const auto& p) { return p.tokens_s; }))
    f.footnotes.push_back(std::move(note));
  const auto there = std::ranges::count_if(curves, [](const auto& c) { return !c.points.empty(); });
  if (const auto rest = static_cast<std::size_t>(there) - drawn; rest > 0)
    f.footnotes.push_back(fmt::format("{} more curves are left out", rest));
  if (any_point(curves, [](const ConcurrencyPoint& p) { return p.user_low.has_value(); }))
    f.footnotes.emplace_back("band: where 90% of measured rows lie");
  if (any_point(curves, [](const ConcurrencyPoint& p) { return !p.keeps_slos; }))
    f.footnotes.emplace_back("dotted: an SLO is missed");
  f.panes = {std::move(total), std::move(user)};
  return finished(std::move(f));
}

}  // namespace roofcast
