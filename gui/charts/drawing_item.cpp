// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/drawing_item.hpp"

#include <QPainter>
#include <utility>

namespace roofcast::gui {

DrawingItem::DrawingItem(const ChartTheme& theme, double z) : theme_{theme} {
  setZValue(z);
  setAcceptedMouseButtons(Qt::NoButton);
}

void DrawingItem::set_drawing(Drawing drawing) {
  prepareGeometryChange();
  drawing_ = std::move(drawing);
  bounds_ = {};
  for (const DrawnPath& drawn : drawing_.paths) {
    const double half = drawn.pen.widthF() / 2 + 1;
    bounds_ |= drawn.path.controlPointRect().adjusted(-half, -half, half, half);
  }
  for (const DrawnText& drawn : drawing_.texts) bounds_ |= drawn.box.adjusted(-3, -1, 3, 1);
  update();
}

void DrawingItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/) {
  gui::paint(*painter, drawing_, theme_);
}

}  // namespace roofcast::gui
