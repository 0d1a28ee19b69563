// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

#include "gui/charts/axis_window.hpp"

namespace roofcast::gui {

/// Where the positions of two axes are on the scene.
struct PlotArea {
  QRectF rect{};
  PaneWindow window{};

  [[nodiscard]] double x_pixel(double position) const {
    return rect.left() + rect.width() * (position - window.x.low) / window.x.span();
  }
  [[nodiscard]] double y_pixel(double position) const {
    return rect.bottom() - rect.height() * (position - window.y.low) / window.y.span();
  }
  [[nodiscard]] QPointF pixel(QPointF position) const { return {x_pixel(position.x()), y_pixel(position.y())}; }
  [[nodiscard]] QPointF position(QPointF pixel) const {
    return {window.x.low + window.x.span() * (pixel.x() - rect.left()) / rect.width(),
            window.y.low + window.y.span() * (rect.bottom() - pixel.y()) / rect.height()};
  }
  /// Of the window, in positions; y grows upwards, so `top` is the lowest one.
  [[nodiscard]] QRectF view() const { return {window.x.low, window.y.low, window.x.span(), window.y.span()}; }
};

}  // namespace roofcast::gui
