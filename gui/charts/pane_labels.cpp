// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/pane_labels.hpp"

#include <QLineF>
#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "gui/charts/label_placement.hpp"
#include "gui/charts/mark_shape.hpp"

namespace roofcast::gui {
namespace {

constexpr double kLeaderFrom = 18;  ///< a label further from its point gets a line to it

/// A label before it has its place.
struct Label {
  QString text{};
  QColor colour{};
  LabelWish wish{};
  std::optional<QPointF> anchor{};  ///< where a leader goes
  bool inside = false;              ///< of a bar, whose colour is its ground
};

QPointF nearest_in(const QRectF& box, QPointF p) {
  return {std::clamp(p.x(), box.left(), box.right()), std::clamp(p.y(), box.top(), box.bottom())};
}

Label label(const ChartTheme& theme, const std::string& words, const QColor& colour) {
  const QString text = QString::fromStdString(words);
  return {.text = text, .colour = colour, .wish = {.size = text_size(theme, text, kLabelText)}};
}

/// Across the plot; nothing where it is out of the window.
std::optional<QLineF> guide_line(const ChartGuide& guide, const PlotArea& area) {
  const bool vertical = guide.direction == ChartGuide::Direction::vertical;
  const AxisWindow& window = vertical ? area.window.x : area.window.y;
  const double position = window.position(guide.at);
  if (!window.contains(position)) return std::nullopt;
  const QRectF& r = area.rect;
  if (vertical) return QLineF(area.x_pixel(position), r.top(), area.x_pixel(position), r.bottom());
  return QLineF(r.left(), area.y_pixel(position), r.right(), area.y_pixel(position));
}

std::optional<Label> guide_label(const ChartGuide& guide, const PlotArea& area, const ChartTheme& theme) {
  if (guide.label.empty()) return std::nullopt;
  constexpr double kOff = 5;
  Label made = label(theme, guide.label, theme.text);
  const QRectF& r = area.rect;
  const double w = made.wish.size.width();
  const double h = made.wish.size.height();
  if (guide.direction == ChartGuide::Direction::vertical) {
    const double x = area.x_pixel(area.window.x.position(guide.at));
    for (double y = r.top() + kOff; y + h < r.bottom(); y += h + 3) {
      made.wish.candidates.emplace_back(x + kOff, y);
      made.wish.candidates.emplace_back(x - kOff - w, y);
    }
  } else {
    const double y = area.y_pixel(area.window.y.position(guide.at));
    constexpr int kPlaces = 12;
    constexpr int kRows = 2;
    for (int row = 0; row < kRows; ++row) {
      for (int i = 0; i <= (row == 0 ? kPlaces : 2); ++i) {
        const double x = r.right() - kOff - w - (r.width() - w - 2 * kOff) * i / kPlaces;
        made.wish.candidates.emplace_back(x, y - h - 2 - row * (h + 3));
        made.wish.candidates.emplace_back(x, y + 2 + row * (h + 3));
      }
    }
  }
  return made;
}

Label region_label(const ChartRegion& region, const PlotArea& area, const ChartTheme& theme) {
  const auto edge = [](const AxisWindow& window, const std::optional<double>& value, double absent) {
    const double position = value ? window.position(*value) : absent;
    return std::clamp(std::isnan(position) ? absent : position, window.low, window.high);
  };
  const AxisWindow& x = area.window.x;
  const AxisWindow& y = area.window.y;
  const QRectF room = QRectF(area.pixel({edge(x, region.x_low, x.low), edge(y, region.y_low, y.low)}),
                             area.pixel({edge(x, region.x_high, x.high), edge(y, region.y_high, y.high)}))
                          .normalized();
  Label made = label(theme, region.label, theme.words(region.colour));
  made.wish.candidates = places_inside(room, made.wish.size);
  return made;
}

bool seen(const PlotArea& area, QPointF position) {
  return area.window.x.contains(position.x()) && area.window.y.contains(position.y());
}

void add_point_labels(std::vector<Label>& labels, const ChartSeries& series, const DrawnPoints& points,
                      const PlotArea& area, const ChartTheme& theme) {
  if (series.shape == SeriesShape::stacked_bars) return;
  constexpr int kRings = 3;
  for (const DrawnPoint& point : points.points) {
    const ChartPoint& described = series.points[point.index];
    if (described.label.empty() || !seen(area, point.at)) continue;
    Label made = label(theme, described.label, has_marks(series) ? theme.words(series.colour) : theme.text);
    made.anchor = area.pixel(point.at);
    const double radius = has_marks(series) ? mark_diameter(series, described) / 2 : 1;
    made.wish.candidates = places_around(*made.anchor, made.wish.size, radius + 4, kRings);
    labels.push_back(std::move(made));
  }
}

void add_bar_labels(std::vector<Label>& labels, const ChartPane& pane, const PlotArea& area, const ChartTheme& theme) {
  constexpr double kBeside = 6;
  const double slot = area.rect.width() / area.window.x.span();
  for (const DrawnBar& bar : pane_bars(pane, area)) {
    const double gap = slot - bar.box.width();
    const ChartSeries& series = pane.series[bar.place.series];
    const std::string& words = series.points[bar.place.index].label;
    if (words.empty()) continue;
    Label made = label(theme, words, readable_on(theme.series(series.colour)));
    const QSizeF size = made.wish.size;
    if (size.width() + 6 <= bar.box.width() && size.height() <= bar.box.height()) {
      made.inside = true;
      const double left = bar.box.center().x() - size.width() / 2;
      made.wish.candidates.emplace_back(left, bar.box.center().y() - size.height() / 2);
      made.wish.candidates.emplace_back(left, bar.box.top() + 1);
      made.wish.candidates.emplace_back(left, bar.box.bottom() - size.height() - 1);
    } else if (size.width() + 2 * kBeside <= gap) {
      made.colour = theme.text;
      for (const double off : {0.0, -0.5, 0.5}) {
        made.wish.candidates.emplace_back(bar.box.right() + kBeside,
                                          bar.box.center().y() + (off - 0.5) * size.height());
      }
    } else {
      continue;  // hovering says it
    }
    labels.push_back(std::move(made));
  }
}

/// Curves as points some pixels apart, marks as some points each: what labels should not hide.
std::vector<QPointF> crowd(const ChartPane& pane, const std::vector<DrawnPoints>& points, const PlotArea& area) {
  constexpr double kStep = 5;
  std::vector<QPointF> all;
  for (const DrawnBar& bar : pane_bars(pane, area)) {
    for (double y = bar.box.top(); y < bar.box.bottom(); y += 3 * kStep) {
      for (double x = bar.box.left(); x < bar.box.right(); x += 3 * kStep) all.emplace_back(x, y);
    }
  }
  for (std::size_t s = 0; s < pane.series.size(); ++s) {
    const ChartSeries& series = pane.series[s];
    if (series.shape == SeriesShape::stacked_bars) continue;
    std::optional<QPointF> last;
    for (const DrawnPoint& point : points[s].points) {
      const QPointF at = area.pixel(point.at);
      if (has_line(series) && last) {
        const QPointF d = at - *last;
        const double length = std::hypot(d.x(), d.y());
        if (length < 2 * (area.rect.width() + area.rect.height())) {
          for (double along = kStep; along < length; along += kStep) all.push_back(*last + d * (along / length));
        }
      }
      if (has_marks(series) && series.shape != SeriesShape::line_with_marks && points[s].points.size() <= kCloud) {
        const double r = mark_diameter(series, series.points[point.index]) / 2;
        constexpr double kRaster = 4;
        for (double dx = -r; dx <= r; dx += kRaster) {
          for (double dy = -r; dy <= r; dy += kRaster) all.push_back(at + QPointF(dx, dy));
        }
      }
      all.push_back(at);
      last = at;
    }
  }
  return all;
}

void add_guides(std::vector<Label>& labels, std::vector<QPointF>& hidden, const ChartPane& pane, const PlotArea& area,
                const ChartTheme& theme) {
  for (const ChartGuide& guide : pane.guides) {
    const auto line = guide_line(guide, area);
    if (!line) continue;
    constexpr double kStep = 5;
    for (double along = 0; along < line->length(); along += kStep)
      hidden.push_back(line->pointAt(along / line->length()));
    if (auto made = guide_label(guide, area, theme)) labels.push_back(std::move(*made));
  }
}

/// A label with its place.
struct Placed {
  Label label{};
  QRectF box{};
  std::optional<QLineF> leader{};
  bool crossed = false;  ///< by a curve
};

/// What finds a place beside what was placed before is added to it.
void place(std::vector<Placed>& all, const std::vector<Label>& labels, const PlotArea& area,
           std::span<const QPointF> hidden) {
  std::vector<LabelWish> wishes;
  std::vector<QRectF> taken;
  for (const Label& made : labels) wishes.push_back(made.wish);
  for (const Placed& before : all) taken.push_back(before.box);
  const auto places = placed_labels(wishes, area.rect.adjusted(2, 1, -2, -1), taken, hidden);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!places[i]) continue;
    Placed placed{.label = labels[i], .box = *places[i]};
    placed.crossed = std::ranges::any_of(hidden, [&](QPointF p) { return placed.box.contains(p); });
    if (labels[i].anchor) {
      const QLineF leader(*labels[i].anchor, nearest_in(placed.box, *labels[i].anchor));
      if (leader.length() > kLeaderFrom) placed.leader = leader;
    }
    all.push_back(std::move(placed));
  }
}

bool crosses(const QLineF& line, const QRectF& box) {
  constexpr int kSteps = 24;
  for (int i = 0; i < kSteps; ++i) {
    if (box.contains(line.pointAt(static_cast<double>(i) / kSteps))) return true;
  }
  return false;
}

Drawing drawn(const std::vector<Placed>& all, const ChartTheme& theme) {
  Drawing drawing;
  for (const Placed& placed : all) {
    if (!placed.leader) continue;
    QColor colour = placed.label.colour;
    colour.setAlphaF(0.6F);
    drawing.paths.push_back(drawn_line(placed.leader->p1(), placed.leader->p2(), QPen(colour, 0.9)));
  }
  for (const Placed& placed : all) {
    const bool struck = placed.crossed || std::ranges::any_of(all, [&](const Placed& other) {
                          return &other != &placed && other.leader && crosses(*other.leader, placed.box);
                        });
    QColor ground = theme.plot;
    ground.setAlphaF(struck && !placed.label.inside ? 0.85F : 0.0F);
    drawing.texts.push_back({.text = placed.label.text,
                             .box = placed.box,
                             .style = kLabelText,
                             .colour = placed.label.colour,
                             .behind = ground});
  }
  return drawing;
}

}  // namespace

Drawing guide_lines(const ChartPane& pane, const PlotArea& area, const ChartTheme& theme) {
  const bool over_bars = has_bars(pane);
  Drawing drawing;
  for (const ChartGuide& guide : pane.guides) {
    const QPen pen(theme.text, 1.2, pen_style(guide.stroke));
    const auto line = guide_line(guide, area);
    if (!line) continue;
    if (over_bars) drawing.paths.push_back(drawn_line(line->p1(), line->p2(), QPen(theme.plot, 3)));
    drawing.paths.push_back(drawn_line(line->p1(), line->p2(), pen));
  }
  return drawing;
}

Drawing pane_labels(const ChartPane& pane, const std::vector<DrawnPoints>& points, const PlotArea& area,
                    const ChartTheme& theme) {
  std::vector<Label> labels;
  std::vector<QPointF> hidden = crowd(pane, points, area);
  std::vector<Label> on_bars;
  std::vector<QPointF> lines;
  add_bar_labels(on_bars, pane, area, theme);
  add_guides(labels, lines, pane, area, theme);
  hidden.insert(hidden.end(), lines.begin(), lines.end());
  for (std::size_t s = 0; s < pane.series.size(); ++s) {
    const ChartSeries& series = pane.series[s];
    if (series.end_label.empty() || points[s].points.empty() || !seen(area, points[s].points.back().at)) continue;
    constexpr int kRings = 8;
    Label made = label(theme, series.end_label, theme.words(series.colour));
    made.anchor = area.pixel(points[s].points.back().at);
    made.wish.candidates = places_around(*made.anchor, made.wish.size, 9, kRings);
    labels.push_back(std::move(made));
  }
  for (const ChartRegion& region : pane.regions) {
    if (!region.label.empty()) labels.push_back(region_label(region, area, theme));
  }
  for (std::size_t s = 0; s < pane.series.size(); ++s) add_point_labels(labels, pane.series[s], points[s], area, theme);

  std::vector<Placed> placed;
  place(placed, labels, area, hidden);
  place(placed, on_bars, area, lines);
  return drawn(placed, theme);
}

}  // namespace roofcast::gui
