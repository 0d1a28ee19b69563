// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <optional>
#include <span>
#include <vector>

namespace roofcast::gui {

/// A text that looks for a place. The first candidate is the one that a reader expects.
struct LabelWish {
  QSizeF size{};
  std::vector<QPointF> candidates{};  ///< top left corners
};

/// One box per wish: inside `bounds`, over no other label and nothing in `taken`; together they hide little of
/// `crowd` (points of curves) and are near the front of their lists. Earlier wishes choose first, then single ones give
/// way where that is better for all. Nothing where no candidate is free: a label that covers another says less than
/// none.
[[nodiscard]] std::vector<std::optional<QRectF>> placed_labels(std::span<const LabelWish> wishes, const QRectF& bounds,
                                                               std::span<const QRectF> taken,
                                                               std::span<const QPointF> crowd);

/// Right, left, above and below of `anchor`, then diagonal, then the same in wider rings.
[[nodiscard]] std::vector<QPointF> places_around(QPointF anchor, QSizeF size, double distance, int rings);

/// Inside `room`: the corners from top left on, then a raster from the top down.
[[nodiscard]] std::vector<QPointF> places_inside(const QRectF& room, QSizeF size);

}  // namespace roofcast::gui
