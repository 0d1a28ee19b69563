// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/pane_ruler.hpp"

#include <algorithm>
#include <cmath>

namespace roofcast::gui {

Drawing point_ruler(const ChartPane& pane, PointPlace place, const PlotArea& area, const ChartTheme& theme) {
  const auto at = point_pixel(pane, place, area);
  if (!at) return {};
  const auto& ruler = pane.series[place.series].points[place.index].ruler;
  const double position = ruler ? area.window.y.position(ruler->to) : std::nan("");
  if (std::isnan(position)) return {};
  constexpr double kCap = 6;
  constexpr double kOff = 8;
  const QPointF end(at->x(), area.y_pixel(std::clamp(position, area.window.y.low, area.window.y.high)));
  const QPen pen(theme.text, 1.6);
  Drawing drawing{.paths = {drawn_line(*at, end, pen)}};
  if (area.window.y.contains(position))
    drawing.paths.push_back(drawn_line(end - QPointF(kCap, 0), end + QPointF(kCap, 0), pen));
  const QString words = QString::fromStdString(ruler->label);
  const QSizeF size = text_size(theme, words, kLabelText);
  const bool left = end.x() + kOff + size.width() > area.rect.right();
  const double top = std::clamp((at->y() + end.y() - size.height()) / 2, area.rect.top(),
                                std::max(area.rect.top(), area.rect.bottom() - size.height()));
  drawing.texts.push_back({.text = words,
                           .box = QRectF(QPointF(left ? end.x() - kOff - size.width() : end.x() + kOff, top), size),
                           .style = kLabelText,
                           .colour = theme.text,
                           .behind = theme.plot});
  return drawing;
}

}  // namespace roofcast::gui
