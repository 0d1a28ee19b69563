#include "core/chart/finished_figure.hpp"

#include <cmath>
#include <cstddef>

#include <fmt/format.h>

namespace roofcast {
namespace {

bool shows(const ChartAxis& axis, double value) {
  return std::isfinite(value) && (axis.scale != AxisScale::logarithmic || value > 0);
}

/// Points that were left out.
std::size_t drop_invisible(ChartPane& pane) {
  std::size_t dropped = 0;
  for (auto& series : pane.series) {
    dropped +=
        std::erase_if(series.points, [&](const ChartPoint& p) { return !shows(pane.x, p.x) || !shows(pane.y, p.y); });
    for (auto& p : series.points) {
      if (p.low && !shows(pane.y, *p.low)) p.low.reset();
      if (p.high && !shows(pane.y, *p.high)) p.high.reset();
    }
  }
  std::erase_if(pane.series, [](const ChartSeries& s) { return s.points.empty(); });
  std::erase_if(pane.guides, [&](const ChartGuide& g) {
    return !shows(g.direction == ChartGuide::Direction::vertical ? pane.x : pane.y, g.at);
  });
  return dropped;
}

}  // namespace

Figure finished(Figure f, std::string_view theoretical) {
  std::size_t dropped = 0;
  for (auto& pane : f.panes) dropped += drop_invisible(pane);
  if (dropped > 0)
    f.footnotes.push_back(fmt::format("{} point{} left out: zero or no number has no place on these axes", dropped,
                                      dropped == 1 ? " is" : "s are"));
  if (f.grade == Grade::theoretical)
    f.subtitle += fmt::format("{}theoretical: {}", f.subtitle.empty() ? "" : "; ", theoretical);
  return f;
}

}  // namespace roofcast
