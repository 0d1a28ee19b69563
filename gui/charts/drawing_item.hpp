// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>

#include "gui/charts/drawing.hpp"

namespace roofcast::gui {

/// Shows a Drawing in a scene.
class DrawingItem : public QGraphicsItem {
 public:
  DrawingItem(const ChartTheme& theme, double z);
  void set_drawing(Drawing drawing);
  [[nodiscard]] const Drawing& drawing() const { return drawing_; }

  [[nodiscard]] QRectF boundingRect() const override { return bounds_; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  ChartTheme theme_{};
  Drawing drawing_{};
  QRectF bounds_{};
};

}  // namespace roofcast::gui
