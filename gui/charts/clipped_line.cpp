// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/clipped_line.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace roofcast::gui {
namespace {

QPointF between(QPointF a, QPointF b, double t) {
  return a + t * (b - a);
}

/// Liang and Barsky: the part t0..t1 of the segment inside; false when there is none.
bool inside_part(QPointF a, QPointF b, const QRectF& view, double& t0, double& t1) {
  const QPointF d = b - a;
  const std::array<std::pair<double, double>, 4> edges{{{-d.x(), a.x() - view.left()},
                                                        {d.x(), view.right() - a.x()},
                                                        {-d.y(), a.y() - view.top()},
                                                        {d.y(), view.bottom() - a.y()}}};
  t0 = 0;
  t1 = 1;
  for (const auto& [p, q] : edges) {
    if (p == 0 && q < 0) return false;
    if (p < 0) t0 = std::max(t0, q / p);
    if (p > 0) t1 = std::min(t1, q / p);
  }
  return t0 <= t1;
}

}  // namespace

std::vector<QList<QPointF>> clipped_line(const QList<QPointF>& line, const QRectF& view) {
  std::vector<QList<QPointF>> pieces;
  bool open = false;
  for (qsizetype i = 1; i < line.size(); ++i) {
    double t0 = 0;
    double t1 = 1;
    if (!inside_part(line[i - 1], line[i], view, t0, t1)) {
      open = false;
      continue;
    }
    if (!open || t0 > 0) pieces.push_back({between(line[i - 1], line[i], t0)});
    pieces.back().push_back(between(line[i - 1], line[i], t1));
    open = t1 == 1;
  }
  return pieces;
}

QList<QPointF> clamped_edge(const QList<QPointF>& edge, const QRectF& view) {
  QList<QPointF> result;
  const auto add = [&](QPointF p) {
    if (p.x() >= view.left() && p.x() <= view.right()) {
      result.push_back({p.x(), std::clamp(p.y(), view.top(), view.bottom())});
    }
  };
  for (qsizetype i = 0; i < edge.size(); ++i) {
    if (i > 0) {
      const QPointF a = edge[i - 1];
      const QPointF d = edge[i] - a;
      std::array<double, 4> crossings{-1, -1, -1, -1};
      if (d.x() != 0) crossings = {(view.left() - a.x()) / d.x(), (view.right() - a.x()) / d.x(), -1, -1};
      if (d.y() != 0) {
        crossings[2] = (view.top() - a.y()) / d.y();
        crossings[3] = (view.bottom() - a.y()) / d.y();
      }
      std::ranges::sort(crossings);
      for (const double t : crossings) {
        if (t > 0 && t < 1) add(between(a, edge[i], t));
      }
    }
    add(edge[i]);
  }
  return result;
}

}  // namespace roofcast::gui
