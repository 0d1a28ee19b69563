// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPainterPath>
#include <QPen>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <vector>

#include "gui/charts/chart_theme.hpp"

class QFont;
class QPainter;

/// What is drawn, as values: layers of a picture are functions that return a Drawing, tests look into it.
namespace roofcast::gui {

struct TextStyle {
  int pixels = 12;
  bool bold = false;
};

inline constexpr TextStyle kTitleText{17, true};
inline constexpr TextStyle kSubtitleText{13, false};
inline constexpr TextStyle kPaneTitleText{14, true};
inline constexpr TextStyle kAxisTitleText{12, false};
inline constexpr TextStyle kTickText{12, false};
inline constexpr TextStyle kLabelText{12, false};
inline constexpr TextStyle kFootnoteText{11, false};

struct DrawnPath {
  QPainterPath path{};
  QPen pen = Qt::NoPen;
  QColor fill = Qt::transparent;
};

struct DrawnText {
  QString text{};
  QRectF box{};  ///< what it covers; one line
  TextStyle style{};
  QColor colour{};
  QColor behind = Qt::transparent;  ///< fills the box first, so that a curve does not strike the text through
  bool upright = false;             ///< read from below
};

/// Paths first, texts above them.
struct Drawing {
  std::vector<DrawnPath> paths{};
  std::vector<DrawnText> texts{};

  void add(Drawing other);
};

[[nodiscard]] QFont font(const ChartTheme& theme, TextStyle style);
[[nodiscard]] QSizeF text_size(const ChartTheme& theme, const QString& text, TextStyle style);
/// Lines of at most `width` pixels, broken at spaces; at most `lines`, the last one elided.
[[nodiscard]] QStringList wrapped(const ChartTheme& theme, const QString& text, TextStyle style, double width,
                                  int lines);

[[nodiscard]] DrawnPath drawn_line(QPointF from, QPointF to, const QPen& pen);
[[nodiscard]] DrawnPath drawn_box(const QRectF& box, const QColor& fill, double radius = 0);

void paint(QPainter& painter, const Drawing& drawing, const ChartTheme& theme);

}  // namespace roofcast::gui
