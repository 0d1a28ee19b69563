// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/pane_view.hpp"

#include <QGraphicsScene>
#include <utility>

#include "gui/charts/pane_frame.hpp"
#include "gui/charts/pane_labels.hpp"
#include "gui/charts/pane_marks.hpp"
#include "gui/charts/pane_ruler.hpp"

namespace roofcast::gui {
namespace {

DrawingItem* layer(QGraphicsScene& scene, const ChartTheme& theme, double z) {
  auto* item = new DrawingItem(theme, z);
  scene.addItem(item);
  return item;
}

}  // namespace

PaneView::PaneView(ChartPane pane, const PaneWindow& fitted, const ChartTheme& theme, QGraphicsScene& scene)
    : pane_{std::move(pane)},
      theme_{theme},
      points_{pane_points(pane_)},
      fitted_{fitted},
      area_{.window = fitted_},
      ground_{layer(scene, theme, 1)},
      curves_{scene, 2},
      marks_{layer(scene, theme, 3)},
      labels_{layer(scene, theme, 4)},
      frame_{layer(scene, theme, 5)},
      ring_item_{layer(scene, theme, 6)} {}

double PaneView::y_texts(double height) const {
  return y_texts_width(pane_, area_.window.y, plot_rect(pane_, QRectF(0, 0, 400, height), 0, theme_).height(), theme_);
}

void PaneView::lay_out(const QRectF& outer, double y_texts) {
  outer_ = outer;
  area_.rect = plot_rect(pane_, outer, y_texts, theme_);
  draw();
}

void PaneView::set_window(const PaneWindow& window) {
  area_.window = {.x = pane_.x.scale == AxisScale::categories ? fitted_.x : clamped(window.x, fitted_.x),
                  .y = clamped(window.y, fitted_.y)};
  draw();
}

void PaneView::set_rings(const std::vector<PointPlace>& places, std::optional<PointPlace> hovered) {
  rings_ = places;
  hovered_ = hovered;
  if (hovered) rings_.push_back(*hovered);
  draw_rings();
}

void PaneView::draw_rings() {
  Drawing drawing = point_rings(pane_, rings_, area_, theme_);
  if (hovered_) drawing.add(point_ruler(pane_, *hovered_, area_, theme_));
  ring_item_->set_drawing(std::move(drawing));
}

void PaneView::draw() {
  Drawing ground = pane_ground(pane_, area_, theme_);
  Drawing marks = pane_marks(pane_, points_, area_, theme_);
  (has_bars(pane_) ? marks : ground).add(guide_lines(pane_, area_, theme_));
  ground_->set_drawing(std::move(ground));
  curves_.draw(pane_, points_, area_, theme_);
  marks_->set_drawing(std::move(marks));
  labels_->set_drawing(pane_labels(pane_, points_, area_, theme_));
  frame_->set_drawing(pane_texts(pane_, area_, outer_, theme_));
  draw_rings();
}

std::optional<PointPlace> PaneView::point_at(QPointF scene_position, double reach) const {
  return gui::point_at(pane_, points_, area_, scene_position, reach);
}

std::optional<PointPlace> PaneView::walked(PointPlace from, WalkStep step) const {
  return gui::walked(pane_, points_, area_, from, step);
}

std::optional<PointPlace> PaneView::walk_entry(double x, bool lowest) const {
  return gui::walk_entry(pane_, points_, area_, x, lowest);
}

std::vector<DrawnText> PaneView::texts() const {
  std::vector<DrawnText> all;
  for (const DrawingItem* layer : {frame_, labels_, ring_item_})
    all.insert(all.end(), layer->drawing().texts.begin(), layer->drawing().texts.end());
  return all;
}

}  // namespace roofcast::gui
