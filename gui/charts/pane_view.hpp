// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "gui/charts/drawing_item.hpp"
#include "gui/charts/pane_curves.hpp"
#include "gui/charts/pane_points.hpp"
#include "gui/charts/point_walk.hpp"

class QGraphicsScene;

namespace roofcast::gui {

/// One pane on a scene: its layers from the ground to the rings, and the window they show.
class PaneView {
 public:
  PaneView(ChartPane pane, const PaneWindow& fitted, const ChartTheme& theme, QGraphicsScene& scene);

  /// Draws everything anew: the room of the pane and the width of the texts left of the plot.
  void lay_out(const QRectF& outer, double y_texts);
  void set_window(const PaneWindow& window);
  /// Rings around points, and a ruler from the hovered one, which has a ring as well, to what it is measured against.
  void set_rings(const std::vector<PointPlace>& places, std::optional<PointPlace> hovered = {});

  [[nodiscard]] const ChartPane& pane() const { return pane_; }
  [[nodiscard]] const PlotArea& area() const { return area_; }
  [[nodiscard]] const PaneWindow& fitted() const { return fitted_; }
  /// What the y axis needs left of the plot when the pane is `height` high.
  [[nodiscard]] double y_texts(double height) const;
  [[nodiscard]] std::optional<PointPlace> point_at(QPointF scene_position, double reach) const;
  [[nodiscard]] std::optional<QPointF> pixel(PointPlace place) const { return point_pixel(pane_, place, area_); }
  [[nodiscard]] std::optional<PointPlace> walked(PointPlace from, WalkStep step) const;
  [[nodiscard]] std::optional<PointPlace> walk_entry(double x, bool lowest) const;
  [[nodiscard]] std::vector<DrawnText> texts() const;

 private:
  void draw();
  void draw_rings();

  ChartPane pane_{};
  ChartTheme theme_{};
  std::vector<DrawnPoints> points_{};
  PaneWindow fitted_{};
  PlotArea area_{};
  QRectF outer_{};
  std::vector<PointPlace> rings_{};
  std::optional<PointPlace> hovered_{};
  // owned by the scene
  DrawingItem* ground_ = nullptr;
  PaneCurves curves_;
  DrawingItem* marks_ = nullptr;
  DrawingItem* labels_ = nullptr;
  DrawingItem* frame_ = nullptr;
  DrawingItem* ring_item_ = nullptr;
};

}  // namespace roofcast::gui
