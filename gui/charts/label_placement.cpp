// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/label_placement.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace roofcast::gui {
namespace {

constexpr double kLabelGap = 3;  ///< between labels
/// A place further down the list costs as much as this part of a hidden point of a curve.
constexpr double kRankCost = 0.34;

QRectF grown(const QRectF& box) {
  return box.adjusted(-kLabelGap, -1, kLabelGap, 1);
}

/// A candidate that is inside and free of what is fixed.
struct Choice {
  QRectF box{};
  double cost = 0;
};
using Choices = std::vector<Choice>;  ///< cheapest first

std::vector<Choices> all_choices(std::span<const LabelWish> wishes, const QRectF& bounds, std::span<const QRectF> taken,
                                 std::span<const QPointF> crowd) {
  std::vector<Choices> all(wishes.size());
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    for (std::size_t rank = 0; rank < wishes[i].candidates.size(); ++rank) {
      const QRectF box(wishes[i].candidates[rank], wishes[i].size);
      const auto covers = [&](const QRectF& other) { return other.intersects(grown(box)); };
      if (!bounds.contains(box) || std::ranges::any_of(taken, covers)) continue;
      const auto hidden = std::ranges::count_if(crowd, [&](QPointF p) { return grown(box).contains(p); });
      all[i].push_back({box, kRankCost * static_cast<double>(rank) + static_cast<double>(hidden)});
    }
    std::ranges::stable_sort(all[i], {}, &Choice::cost);
  }
  return all;
}

struct Placement {
  std::vector<std::optional<std::size_t>> chosen{};  ///< index into the choices of each wish
  double cost = 0;
};

/// Each wish takes its cheapest free choice, in order; the one `forbidden` (of a wish) is taken by nobody.
Placement greedy(const std::vector<Choices>& choices, std::optional<std::pair<std::size_t, std::size_t>> forbidden) {
  constexpr double kLost = 60;
  Placement placement;
  std::vector<QRectF> used;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    std::optional<std::size_t> chosen;
    for (std::size_t c = 0; c < choices[i].size() && !chosen; ++c) {
      if (forbidden == std::pair{i, c}) continue;
      const QRectF room = grown(choices[i][c].box);
      if (std::ranges::none_of(used, [&](const QRectF& other) { return other.intersects(room); })) chosen = c;
    }
    placement.cost += chosen ? choices[i][*chosen].cost : kLost;
    if (chosen) used.push_back(choices[i][*chosen].box);
    placement.chosen.push_back(chosen);
  }
  return placement;
}

}  // namespace

std::vector<std::optional<QRectF>> placed_labels(std::span<const LabelWish> wishes, const QRectF& bounds,
                                                 std::span<const QRectF> taken, std::span<const QPointF> crowd) {
  const std::vector<Choices> choices = all_choices(wishes, bounds, taken, crowd);
  Placement best = greedy(choices, {});
  constexpr std::size_t kMostImproved = 40;  // the search is quadratic
  for (std::size_t i = 0; i < std::min(wishes.size(), kMostImproved); ++i) {
    if (!best.chosen[i]) continue;
    Placement other = greedy(choices, std::pair{i, *best.chosen[i]});
    if (other.cost < best.cost) best = std::move(other);
  }
  std::vector<std::optional<QRectF>> places(wishes.size());
  for (std::size_t i = 0; i < wishes.size(); ++i) {
    if (best.chosen[i]) places[i] = choices[i][*best.chosen[i]].box;
  }
  return places;
}

std::vector<QPointF> places_around(QPointF anchor, QSizeF size, double distance, int rings) {
  const double w = size.width();
  const double h = size.height();
  std::vector<QPointF> places;
  for (int ring = 0; ring < rings; ++ring) {
    const double d = distance + 14 * ring;
    const double v = distance + 12 * ring;
    for (const QPointF offset :
         {QPointF(d, -h / 2), QPointF(-w - d, -h / 2), QPointF(-w / 2, -h - v), QPointF(-w / 2, v),
          QPointF(0.7 * d, -h - 0.7 * v), QPointF(-w - 0.7 * d, -h - 0.7 * v), QPointF(0.7 * d, 0.7 * v),
          QPointF(-w - 0.7 * d, 0.7 * v)}) {
      places.push_back(anchor + offset);
    }
  }
  return places;
}

std::vector<QPointF> places_inside(const QRectF& room, QSizeF size) {
  constexpr double kInset = 6;
  const QRectF r = room.adjusted(kInset, kInset, -kInset - size.width(), -kInset - size.height());
  if (r.width() < 0 || r.height() < 0) return {};
  std::vector<QPointF> places{r.topLeft(), r.topRight(), r.bottomLeft(), r.bottomRight()};
  const double row = size.height() + 4;
  constexpr int kColumns = 8;
  for (double y = r.top(); y <= r.bottom(); y += row) {
    for (int column = 0; column <= kColumns; ++column) places.emplace_back(r.left() + r.width() * column / kColumns, y);
  }
  return places;
}

}  // namespace roofcast::gui
