// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/mark_shape.hpp"

#include <QPolygonF>
#include <cmath>
#include <numbers>
#include <utility>

namespace roofcast::gui {
namespace {

/// A regular polygon whose first corner points to `degrees`; with `inner` below 1 a star.
QPolygonF polygon(QPointF centre, double radius, int corners, double degrees, double inner = 1) {
  QPolygonF shape;
  const int steps = inner < 1 ? 2 * corners : corners;
  for (int i = 0; i < steps; ++i) {
    const double angle = degrees * std::numbers::pi / 180 + 2 * std::numbers::pi * i / steps;
    const double r = inner < 1 && i % 2 == 1 ? radius * inner : radius;
    shape << centre + QPointF(r * std::cos(angle), -r * std::sin(angle));
  }
  return shape;
}

}  // namespace

QPainterPath mark_shape(int mark, QPointF centre, double diameter) {
  const double r = diameter / 2;
  constexpr int kShapes = 8;
  QPainterPath path;
  const int index = mark < 0 ? 0 : mark;
  // Where the palette begins again the shapes are one ahead, so that the ninth curve does not look like the first.
  switch ((index + index / kShapes) % kShapes) {
    case 0:
      path.addEllipse(centre, r, r);
      return path;
    case 1:
      path.addPolygon(polygon(centre, 1.25 * r, 4, 45));
      break;
    case 2:
      path.addPolygon(polygon(centre, 1.4 * r, 3, 90));
      break;
    case 3:
      path.addPolygon(polygon(centre, 1.3 * r, 4, 90));
      break;
    case 4:
      path.addPolygon(polygon(centre, 1.4 * r, 3, 270));
      break;
    case 5:
      path.addPolygon(polygon(centre, 1.2 * r, 5, 90));
      break;
    case 6:
      path.addPolygon(polygon(centre, 1.5 * r, 5, 90, 0.45));
      break;
    default:
      path.addPolygon(polygon(centre, 1.1 * r, 6, 0));
  }
  path.closeSubpath();
  return path;
}

DrawnPath drawn_mark(const ChartSeries& series, const ChartTheme& theme, QPointF centre, double diameter) {
  const QColor colour = theme.series(series.colour);
  if (series.shape == SeriesShape::hollow_marks) {
    return {.path = mark_shape(series.mark, centre, diameter), .pen = QPen(colour, 1.8), .fill = theme.plot};
  }
  // A rim in the colour of the background keeps marks that overlap apart.
  return {.path = mark_shape(series.mark, centre, diameter), .pen = QPen(theme.plot, 1), .fill = colour};
}

bool has_line(const ChartSeries& series) {
  return series.shape == SeriesShape::line || series.shape == SeriesShape::line_with_marks;
}

bool has_marks(const ChartSeries& series) {
  return series.shape == SeriesShape::marks || series.shape == SeriesShape::hollow_marks ||
         series.shape == SeriesShape::line_with_marks;
}

Qt::PenStyle pen_style(SeriesStroke stroke) {
  switch (stroke) {
    case SeriesStroke::solid:
      return Qt::SolidLine;
    case SeriesStroke::dashed:
      return Qt::DashLine;
    case SeriesStroke::dotted:
      return Qt::DotLine;
  }
  std::unreachable();
}

QPen line_pen(const ChartSeries& series, const ChartTheme& theme) {
  return {theme.series(series.colour), 2, pen_style(series.stroke), Qt::RoundCap, Qt::RoundJoin};
}

}  // namespace roofcast::gui
