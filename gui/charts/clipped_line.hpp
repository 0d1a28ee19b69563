// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPointF>
#include <QRectF>
#include <vector>

namespace roofcast::gui {

/// The pieces of a line inside `view`, cut at its edges. Qt's SVG writer does not clip, so what is outside must not
/// be drawn.
[[nodiscard]] std::vector<QList<QPointF>> clipped_line(const QList<QPointF>& line, const QRectF& view);

/// An edge of a band: cut at the left and right of `view`, held at its top and bottom. x ascends.
[[nodiscard]] QList<QPointF> clamped_edge(const QList<QPointF>& edge, const QRectF& view);

}  // namespace roofcast::gui
