// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/drawing.hpp"

#include <QFont>
#include <QFontMetricsF>
#include <QPainter>
#include <iterator>

namespace roofcast::gui {

void Drawing::add(Drawing other) {
  std::ranges::move(other.paths, std::back_inserter(paths));
  std::ranges::move(other.texts, std::back_inserter(texts));
}

QFont font(const ChartTheme& theme, TextStyle style) {
  QFont f(theme.font_family);
  f.setPixelSize(style.pixels);
  f.setBold(style.bold);
  f.setHintingPreference(QFont::PreferNoHinting);  // the same widths at every resolution
  return f;
}

QSizeF text_size(const ChartTheme& theme, const QString& text, TextStyle style) {
  const QFontMetricsF metrics(font(theme, style));
  return {metrics.horizontalAdvance(text), metrics.height()};
}

QStringList wrapped(const ChartTheme& theme, const QString& text, TextStyle style, double width, int lines) {
  const QFontMetricsF metrics(font(theme, style));
  QStringList result;
  QString line;
  for (const QString& word : text.split(' ', Qt::SkipEmptyParts)) {
    const QString longer = line.isEmpty() ? word : line + ' ' + word;
    const bool full = result.size() + 1 >= lines;
    if (line.isEmpty() || full || metrics.horizontalAdvance(longer) <= width) {
      line = longer;
    } else {
      result += line;
      line = word;
    }
  }
  if (!line.isEmpty()) result += line;
  for (QString& each : result) each = metrics.elidedText(each, Qt::ElideRight, width);
  return result;
}

DrawnPath drawn_line(QPointF from, QPointF to, const QPen& pen) {
  QPainterPath path(from);
  path.lineTo(to);
  return {.path = path, .pen = pen};
}

DrawnPath drawn_box(const QRectF& box, const QColor& fill, double radius) {
  QPainterPath path;
  path.addRoundedRect(box, radius, radius);
  return {.path = path, .fill = fill};
}

void paint(QPainter& painter, const Drawing& drawing, const ChartTheme& theme) {
  painter.setRenderHint(QPainter::Antialiasing);
  for (const DrawnPath& drawn : drawing.paths) {
    painter.setPen(drawn.pen);
    painter.setBrush(drawn.fill.alpha() == 0 ? QBrush(Qt::NoBrush) : QBrush(drawn.fill));
    painter.drawPath(drawn.path);
  }
  for (const DrawnText& drawn : drawing.texts) {
    if (drawn.behind.alpha() != 0) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(drawn.behind);
      painter.drawRoundedRect(drawn.box.adjusted(-2, 0, 2, 0), 2, 2);
    }
    const QFont f = font(theme, drawn.style);
    painter.setFont(f);
    painter.setPen(drawn.colour);
    const double ascent = QFontMetricsF(f).ascent();
    if (!drawn.upright) {
      painter.drawText(QPointF(drawn.box.left(), drawn.box.top() + ascent), drawn.text);
      continue;
    }
    painter.save();
    painter.translate(drawn.box.left() + ascent, drawn.box.bottom());
    painter.rotate(-90);
    painter.drawText(QPointF(0, 0), drawn.text);
    painter.restore();
  }
}

}  // namespace roofcast::gui
