#include "core/chart/pareto_figure.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <utility>

#include <fmt/format.h>

#include "core/chart/finished_figure.hpp"
#include "core/chart/series_style.hpp"
#include "core/pareto_front.hpp"

namespace roofcast {
namespace {

std::optional<double> per_gpu(const ParetoPoint& p) {
  return p.tokens_s_gpu;
}
std::optional<double> cheapness(const ParetoPoint& p) {
  return p.usd_mtok ? std::optional{-*p.usd_mtok} : std::nullopt;
}
std::optional<double> price(const ParetoPoint& p) {
  return p.usd_mtok;
}
using Figured = std::optional<double> (*)(const ParetoPoint&);

/// More lines than this hide the points.
constexpr std::size_t kMostFrontiers = 6;

/// Texts of a cloud this size would outweigh its points.
constexpr std::size_t kMostTexts = 20000;

std::vector<ChartSeries> clouds(std::span<const ParetoPoint> points, Figured y) {
  std::vector<ChartSeries> out;
  for (const auto& p : points) {
    const auto value = y(p);
    if (!value) continue;
    const auto shape = p.keeps_slos ? SeriesShape::marks : SeriesShape::hollow_marks;
    auto series = std::ranges::find_if(out, [&](const auto& s) { return s.name == p.variant && s.shape == shape; });
    if (series == out.end()) {
      const bool listed = std::ranges::find(out, p.variant, &ChartSeries::name) != out.end();
      out.push_back(styled_series(p.variant, shape, p.style));
      out.back().in_legend = !listed;
      series = out.end() - 1;
    }
    series->points.push_back(
        {.x = p.tokens_s_user, .y = *value, .text = points.size() <= kMostTexts ? p.text : std::string{}});
  }
  return out;
}

/// With too many variants to tell apart those on a frontier keep their names, the others are drawn alike.
std::vector<ParetoPoint> legible(std::span<const ParetoPoint> points, const std::vector<std::string>& loads) {
  std::vector<ParetoPoint> out(points.begin(), points.end());
  NameOrder seen, order;
  for (const auto& p : points) static_cast<void>(seen.index(p.variant));
  if (seen.names().size() <= kMostCurves) return out;
  for (const auto& load : loads)
    for (const auto i : frontier(points, load, &per_gpu)) static_cast<void>(order.index(points[i].variant));
  constexpr int kNamed = static_cast<int>(kMostCurves) - 1;
  for (auto& p : out) {
    p.style = std::min(order.index(p.variant), kNamed);
    if (p.style == kNamed) p.variant = fmt::format("{} other deployments", seen.names().size() - kNamed);
  }
  return out;
}

void add_frontiers(ChartPane& pane, std::span<const ParetoPoint> points, const std::vector<std::string>& loads,
                   int style, Figured better, Figured y) {
  for (const auto& load : loads | std::views::take(kMostFrontiers)) {
    const auto best = frontier(points, load, better);
    if (best.size() < 2) continue;
    auto line = styled_series(loads.size() > 1 ? fmt::format("frontier, {}", load) : "frontier", SeriesShape::line,
                              style + static_cast<int>(&load - loads.data()));
    for (const auto i : best)
      line.points.push_back({.x = points[i].tokens_s_user, .y = *y(points[i]), .text = points[i].text});
    pane.series.push_back(std::move(line));
  }
}

/// Panes below each other have the same speeds below each other, also where one of them lacks points.
void share_span(ChartAxis& a, ChartAxis& b, std::span<const ParetoPoint> points) {
  constexpr double kMargin = 1.1;  // marks at the edge stay whole
  double least = HUGE_VAL, most = 0;
  for (const auto& p : points)
    if (p.tokens_s_user > 0) {
      least = std::min(least, p.tokens_s_user);
      most = std::max(most, p.tokens_s_user);
    }
  if (most <= 0) return;
  a.least = b.least = least / kMargin;
  a.most = b.most = most * kMargin;
}

}  // namespace

std::vector<std::size_t> frontier(std::span<const ParetoPoint> points, std::string_view load, Figured better) {
  ParetoFront front;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (const auto y = better(points[i]); y && points[i].load == load && points[i].keeps_slos)
      front.insert({.x = points[i].tokens_s_user, .y = *y, .point = i});
  std::vector<std::size_t> out;
  front.each([&](const FrontPoint& best) { out.push_back(best.point); });
  std::ranges::reverse(out);
  return out;
}

Figure pareto_figure(std::span<const ParetoPoint> all, const ChartSubject& subject) {
  const ChartAxis x{.title = "tokens/s per user", .scale = AxisScale::logarithmic};
  ChartPane speed{
      .title = "Throughput of a GPU against speed for a user",
      .x = x,
      .y = {.title = "tokens/s per GPU", .scale = AxisScale::logarithmic, .ticks = TickText::decimal_prefix}};
  ChartPane cost{.title = "Price against speed for a user",
                 .x = x,
                 .y = {.title = "USD per million tokens", .scale = AxisScale::logarithmic}};
  Figure f{.title = subject.title, .subtitle = subject.subtitle, .grade = Grade::exact};
  NameOrder loads;
  for (const auto& p : all) static_cast<void>(loads.index(p.load));
  const auto points = legible(all, loads.names());
  int style = 0;
  for (const auto& p : points) {
    style = std::max(style, p.style + 1);
    f.grade = less_certain(f.grade, p.grade);
  }
  if (points.empty()) f.grade = Grade::theoretical;
  speed.series = clouds(points, &per_gpu);
  cost.series = clouds(points, &price);
  add_frontiers(speed, points, loads.names(), style, &per_gpu, &per_gpu);
  add_frontiers(cost, points, loads.names(), style, &cheapness, &price);
  if (subject.tpot_slo)
    for (auto* pane : {&speed, &cost})
      pane->regions.push_back(
          {.x_low = units::s / *subject.tpot_slo, .label = "within " + slo_text(*subject.tpot_slo), .colour = style});
  if (std::ranges::any_of(points, [](const auto& p) { return !p.keeps_slos; }))
    f.footnotes.emplace_back("hollow: an SLO is missed");
  if (const auto lines = loads.names().size(); lines > kMostFrontiers)
    f.footnotes.push_back(fmt::format("frontiers of {} more loads are left out", lines - kMostFrontiers));
  const auto unpriced = std::ranges::count_if(points, [](const auto& p) { return !p.usd_mtok; });
  if (!cost.series.empty() && unpriced > 0)
    f.footnotes.push_back(fmt::format("{} of {} marks have no price", unpriced, points.size()));
  if (!cost.series.empty()) share_span(speed.x, cost.x, points);
  f.panes.push_back(std::move(speed));
  if (!cost.series.empty()) f.panes.push_back(std::move(cost));
  return finished(std::move(f));
}

}  // namespace roofcast
