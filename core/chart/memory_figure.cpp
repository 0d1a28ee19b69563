#include "core/chart/memory_figure.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/chart/finished_figure.hpp"
#include "core/chart/series_style.hpp"
#include "core/quantity_text.hpp"

namespace roofcast {
namespace {

/// A part of all bars, the lowest first.
struct Part {
  const char* name;
  Bytes MemoryBar::*bytes;
};
constexpr std::array kParts{Part{"weights", &MemoryBar::weights}, Part{"overhead", &MemoryBar::overhead},
                            Part{"KV cache used", &MemoryBar::kv_used}, Part{"KV cache free", &MemoryBar::kv_free},
                            Part{"left alone by the engine", &MemoryBar::unusable}};

std::optional<Bytes> common_capacity(std::span<const MemoryBar> bars) {
  if (bars.empty() || !bars.front().capacity) return {};
  const auto same = [&](const MemoryBar& b) { return b.capacity == bars.front().capacity; };
  return std::ranges::all_of(bars, same) ? bars.front().capacity : std::nullopt;
}

}  // namespace

MemoryBar memory_bar(std::string name, const Estimate& e) {
  const MemoryBudget& m = e.memory;
  MemoryBar bar{.name = std::move(name),
                .weights = m.weights,
                .overhead = m.overhead,
                .unusable = m.capacity - m.usable,
                .capacity = m.capacity};
  if (!m.weights_fit())
    bar.problem = "the weights do not fit";
  else if (!e.fits)
    bar.problem = "the KV cache does not fit";
  // A cache that does not fit is drawn as large as it is, past the capacity.
  if (m.weights_fit()) bar.kv_used = e.cache.used;
  if (m.kv_pool > bar.kv_used) bar.kv_free = m.kv_pool - bar.kv_used;
  return bar;
}

Figure memory_figure(std::span<const MemoryBar> bars, const ChartSubject& subject) {
  ChartPane pane{.x = {.title = "deployment", .scale = AxisScale::categories},
                 .y = {.title = "GiB of one GPU", .least = 0}};
  Figure f{.title = subject.title, .subtitle = subject.subtitle, .grade = Grade::exact};
  const std::size_t drawn = std::min(bars.size(), kMostCurves);
  for (const auto& b : bars.first(drawn)) {
    pane.x.categories.push_back(b.name);
    if (!b.problem.empty()) f.footnotes.push_back(fmt::format("{}: {}", b.name, b.problem));
  }
  if (bars.size() > drawn) f.footnotes.push_back(fmt::format("{} more bars are left out", bars.size() - drawn));
  for (std::size_t part = 0; part < kParts.size(); ++part) {
    const auto& [name, bytes] = kParts[part];
    auto series = styled_series(name, SeriesShape::stacked_bars, static_cast<int>(part));
    for (std::size_t i = 0; i < drawn; ++i)
      series.points.push_back({.x = static_cast<double>(i),
                               .y = (bars[i].*bytes).in(units::GiB),
                               .text = fmt::format("{}, {}: {}", bars[i].name, name, format_bytes(bars[i].*bytes))});
    if (std::ranges::any_of(series.points, [](const auto& p) { return p.y > 0; }))
      pane.series.push_back(std::move(series));
  }
  if (const auto capacity = common_capacity(bars))
    pane.guides.push_back({.direction = ChartGuide::Direction::horizontal,
                           .at = capacity->in(units::GiB),
                           .label = fmt::format("capacity {}", format_bytes(*capacity))});
  f.panes = {std::move(pane)};
  const auto has_overhead = [](const MemoryBar& b) { return b.overhead > Bytes{}; };
  if (std::ranges::any_of(bars, has_overhead)) f.grade = Grade::theoretical;
  return finished(std::move(f), kByEngineRules);
}

}  // namespace roofcast
