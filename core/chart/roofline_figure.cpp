#include "core/chart/roofline_figure.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/chart/device_roofs.hpp"
#include "core/chart/finished_figure.hpp"
#include "core/chart/series_style.hpp"
#include "core/quantity_text.hpp"

namespace roofcast {
namespace {

constexpr auto kIntensity = units::flop / units::byte;
constexpr auto kRate = units::flop / units::s;

/// Intensities that the picture spans: all marks, and a little beyond every ridge.
struct Span {
  double least = 1, most = 1;
};
Span intensities(std::span<const Device> devices, const std::vector<ChartSeries>& marks) {
  Span s{.least = HUGE_VAL, .most = 0};
  for (const auto& series : marks)
    for (const auto& p : series.points) s = {std::min(s.least, p.x), std::max(s.most, p.x)};
  for (const auto& d : devices)
    for (const auto& c : compute_roofs(d)) s.most = std::max(s.most, (c.rate / d.bandwidth).in(kIntensity));
  return s.most > 0 ? Span{std::min(s.least, s.most) / 2, s.most * 4} : Span{};
}

void add_roofs(ChartPane& pane, const Device& d, Span span, int style, bool named) {
  const auto prefix = named ? d.name + " " : std::string{};
  const auto computes = compute_roofs(d);
  FlopsPerSecond top{};
  for (const auto& c : computes) top = std::max(top, c.rate);
  for (const auto& m : memory_roofs(d)) {
    auto line =
        styled_series(fmt::format("{}{} {}", prefix, m.name, format_bandwidth(m.rate)), SeriesShape::line, style);
    line.in_legend = false;
    const double last = top > FlopsPerSecond{} ? (top / m.rate).in(kIntensity) : span.most;
    const double first = std::min(span.least, last / 2);
    for (const double x : {first, last})
      line.points.push_back({.x = x, .y = (x * kIntensity * m.rate).in(kRate), .text = line.name});
    line.points.front().label = line.name;
    pane.series.push_back(std::move(line));
  }
  for (const auto& c : computes) {
    auto line = styled_series(fmt::format("{}{} {}", prefix, c.name, format_rate(c.rate)), SeriesShape::line, style);
    line.in_legend = false;
    const auto ridge = c.rate / d.bandwidth;
    const double y = c.rate.in(kRate);
    line.end_label = line.name;
    line.points = {{.x = ridge.in(kIntensity), .y = y, .text = line.name, .label = format_intensity(ridge)},
                   {.x = span.most, .y = y, .text = line.name}};
    pane.series.push_back(std::move(line));
  }
}

}  // namespace

Figure roofline_figure(std::span<const Device> devices, std::vector<ChartSeries> marks, const ChartSubject& subject,
                       Grade grade) {
  ChartPane pane{
      .x = {.title = "operational intensity, FLOP per byte", .scale = AxisScale::logarithmic},
      .y = {.title = fmt::format("FLOP/s of one {}", devices.size() == 1 ? noun(devices[0].device_class) : "device"),
            .scale = AxisScale::logarithmic,
            .ticks = TickText::decimal_prefix}};
  Figure f{.title = subject.title, .subtitle = subject.subtitle, .grade = grade};
  if (marks.size() > kMostCurves) {
    f.footnotes.push_back(fmt::format("{} more series are left out", marks.size() - kMostCurves));
    marks.resize(kMostCurves);
  }
  int style = next_style(marks);
  const Span span = intensities(devices, marks);
  for (const auto& d : devices) add_roofs(pane, d, span, style++, devices.size() > 1);
  if (devices.empty()) f.footnotes.emplace_back("no roofs: the device is not known by name");
  if (std::ranges::any_of(marks, [](const auto& s) {
        return s.shape == SeriesShape::marks &&
               std::ranges::any_of(s.points, [](const auto& p) { return p.weight < 1; });
      }))
    f.footnotes.emplace_back("area of a mark: share of the step's time");
  for (auto& s : marks) pane.series.push_back(std::move(s));
  f.panes = {std::move(pane)};
  return finished(std::move(f));
}

}  // namespace roofcast
