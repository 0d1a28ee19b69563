// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/pane_curves.hpp"

#include <QAreaSeries>
#include <QChart>
#include <QGraphicsScene>
#include <QLegend>
#include <QLineSeries>
#include <QValueAxis>
#include <cmath>

#include "gui/charts/clipped_line.hpp"
#include "gui/charts/mark_shape.hpp"

namespace roofcast::gui {
namespace {

void attach(QChart& chart, QAbstractSeries* series, QAbstractAxis* x, QAbstractAxis* y) {
  chart.addSeries(series);
  series->attachAxis(x);
  series->attachAxis(y);
}

/// A band's two edges over neighbours that both have an interval.
struct BandEdges {
  QList<QPointF> low{};
  QList<QPointF> high{};
};

std::vector<BandEdges> band_edges(const std::vector<DrawnPoint>& points) {
  std::vector<BandEdges> bands;
  bool open = false;
  for (const DrawnPoint& point : points) {
    if (std::isnan(point.low) || std::isnan(point.high)) {
      open = false;
      continue;
    }
    if (!open) bands.emplace_back();
    open = true;
    bands.back().low.push_back({point.at.x(), point.low});
    bands.back().high.push_back({point.at.x(), point.high});
  }
  return bands;
}

}  // namespace

PaneCurves::PaneCurves(QGraphicsScene& scene, double z) : chart_{new QChart}, x_{new QValueAxis}, y_{new QValueAxis} {
  scene.addItem(chart_);
  chart_->setZValue(z);
  chart_->setAcceptedMouseButtons(Qt::NoButton);
  chart_->setAcceptHoverEvents(false);
  chart_->setBackgroundVisible(false);
  chart_->setMargins({0, 0, 0, 0});
  chart_->legend()->hide();
  chart_->addAxis(x_, Qt::AlignBottom);
  chart_->addAxis(y_, Qt::AlignLeft);
  x_->setVisible(false);
  y_->setVisible(false);
}

void PaneCurves::draw(const ChartPane& pane, const std::vector<DrawnPoints>& points, const PlotArea& area,
                      const ChartTheme& theme) {
  chart_->removeAllSeries();
  chart_->setGeometry(area.rect);
  chart_->setPlotArea(QRectF(QPointF(0, 0), area.rect.size()));
  x_->setRange(area.window.x.low, area.window.x.high);
  y_->setRange(area.window.y.low, area.window.y.high);
  const QRectF view = area.view();

  for (std::size_t s = 0; s < pane.series.size(); ++s) {
    if (!has_line(pane.series[s])) continue;
    QColor fill = theme.series(pane.series[s].colour);
    fill.setAlphaF(0.16F);
    for (const BandEdges& band : band_edges(points[s].points)) {
      auto* low = new QLineSeries;
      auto* high = new QLineSeries;
      low->replace(clamped_edge(band.low, view));
      high->replace(clamped_edge(band.high, view));
      auto* area_series = new QAreaSeries(high, low);
      low->setParent(area_series);
      high->setParent(area_series);
      area_series->setPen(Qt::NoPen);
      area_series->setBrush(fill);
      attach(*chart_, area_series, x_, y_);
    }
  }
  for (std::size_t s = 0; s < pane.series.size(); ++s) {
    if (!has_line(pane.series[s])) continue;
    QList<QPointF> line;
    line.reserve(static_cast<qsizetype>(points[s].points.size()));
    for (const DrawnPoint& point : points[s].points) line.push_back(point.at);
    for (const QList<QPointF>& piece : clipped_line(line, view)) {
      auto* series = new QLineSeries;
      series->replace(piece);
      series->setPen(line_pen(pane.series[s], theme));
      attach(*chart_, series, x_, y_);
    }
  }
}

}  // namespace roofcast::gui
