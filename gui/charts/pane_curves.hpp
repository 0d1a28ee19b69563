// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "gui/charts/chart_theme.hpp"
#include "gui/charts/pane_points.hpp"

class QChart;
class QGraphicsScene;
class QValueAxis;

namespace roofcast::gui {

/// Lines and interval bands of a pane, on a QChart without axes, legend and margins of its own: those are drawn
/// around it. The chart belongs to the scene.
class PaneCurves {
 public:
  PaneCurves(QGraphicsScene& scene, double z);

  void draw(const ChartPane& pane, const std::vector<DrawnPoints>& points, const PlotArea& area,
            const ChartTheme& theme);

 private:
  QChart* chart_ = nullptr;
  QValueAxis* x_ = nullptr;
  QValueAxis* y_ = nullptr;
};

}  // namespace roofcast::gui
