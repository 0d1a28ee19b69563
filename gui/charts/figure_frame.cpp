// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/figure_frame.hpp"

#include <algorithm>

#include "gui/charts/legend.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

constexpr double kMargin = 18;
constexpr int kTitleLines = 2;
constexpr int kSubtitleLines = 3;
constexpr int kFootnoteLines = 3;
constexpr double kLegendShare = 0.25;  ///< of the height, at most
constexpr double kLowestPane = 110;    ///< a legend of several rows leaves each pane so much

/// Lines from `top` on; `top` is moved below them.
Drawing lines_at(const QStringList& lines, TextStyle style, const QColor& colour, double left, double& top,
                 const ChartTheme& theme) {
  Drawing drawing;
  for (const QString& line : lines) {
    const QSizeF size = text_size(theme, line, style);
    drawing.texts.push_back({.text = line, .box = QRectF({left, top}, size), .style = style, .colour = colour});
    top += size.height() + 2;
  }
  return drawing;
}

/// A pill with a dot of the grade's colour; its right edge is `right`.
Drawing badge(Grade grade, double right, double top, const ChartTheme& theme) {
  constexpr double kPad = 9;
  constexpr double kDot = 8;
  const QString words = text(name(grade));
  const QSizeF size = text_size(theme, words, kLabelText);
  const QRectF box(right - size.width() - 2 * kPad - kDot - 5, top, size.width() + 2 * kPad + kDot + 5,
                   size.height() + 6);
  QColor fill = theme.grade(grade);
  fill.setAlphaF(0.16F);
  QPainterPath dot;
  dot.addEllipse(QPointF(box.left() + kPad + kDot / 2, box.center().y()), kDot / 2, kDot / 2);
  Drawing drawing{.paths = {drawn_box(box, fill, box.height() / 2), {.path = dot, .fill = theme.grade(grade)}}};
  drawing.paths.front().pen = QPen(theme.grade(grade), 1);
  drawing.texts.push_back({.text = words,
                           .box = QRectF({box.left() + kPad + kDot + 5, top + 3}, size),
                           .style = kLabelText,
                           .colour = theme.text});
  return drawing;
}

/// A line per note; more than three share lines where they fit beside each other.
QStringList note_lines(const std::vector<std::string>& footnotes, double width, const ChartTheme& theme) {
  constexpr std::size_t kApart = 3;
  QStringList lines;
  for (const std::string& note : footnotes) {
    const QString joined = lines.isEmpty() ? QString() : lines.back() + QString::fromUtf8(" · ") + text(note);
    if (footnotes.size() > kApart && !joined.isEmpty() && text_size(theme, joined, kFootnoteText).width() <= width) {
      lines.back() = joined;
    } else {
      lines += wrapped(theme, text(note), kFootnoteText, width, kFootnoteLines);
    }
  }
  return lines;
}

}  // namespace

FigureFrame figure_frame(const Figure& figure, const std::vector<std::string>& footnotes, QSizeF size,
                         const ChartTheme& theme) {
  const double width = std::max(40.0, size.width() - 2 * kMargin);
  FigureFrame frame;
  frame.drawing = badge(figure.grade, kMargin + width, kMargin - 4, theme);
  const double beside_badge = frame.drawing.paths.front().path.boundingRect().left() - kMargin - 12;

  double top = kMargin - 4;
  frame.drawing.add(lines_at(wrapped(theme, text(figure.title), kTitleText, beside_badge, kTitleLines), kTitleText,
                             theme.text, kMargin, top, theme));
  frame.drawing.add(lines_at(
      wrapped(theme, text(figure.subtitle), kSubtitleText, figure.title.empty() ? beside_badge : width, kSubtitleLines),
      kSubtitleText, theme.muted, kMargin, top, theme));
  top += 4;
  const QStringList notes = note_lines(footnotes, width, theme);
  const double line = text_size(theme, "M", kFootnoteText).height() + 2;
  const double bottom = size.height() - kMargin + 6;
  double notes_top = bottom - line * static_cast<double>(notes.size());
  const double panes_bottom = notes.isEmpty() ? bottom : notes_top - 8;
  frame.drawing.add(lines_at(notes, kFootnoteText, theme.muted, kMargin, notes_top, theme));

  const double spare = panes_bottom - top - kLowestPane * static_cast<double>(figure.panes.size());
  const double legend_room = std::max(0.0, std::min(spare, size.height() * kLegendShare));
  const Drawing entries = legend(figure, {kMargin, top, width, legend_room}, theme);
  const double legend_height = height_below(entries, top);
  if (legend_height > 0) top += legend_height + 8;
  frame.drawing.add(entries);
  frame.panes = QRectF(kMargin, top + 4, width, std::max(40.0, panes_bottom - top - 4));
  return frame;
}

}  // namespace roofcast::gui
