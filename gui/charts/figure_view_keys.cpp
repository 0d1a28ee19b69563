// SPDX-License-Identifier: GPL-3.0-or-later
/// The keyboard on a figure: what the mouse does, without it.
#include <QKeyEvent>

#include "gui/charts/figure_view.hpp"

namespace roofcast::gui {
namespace {

constexpr double kKeyZoom = 1.5;

std::optional<WalkStep> walk_step(int key) {
  switch (key) {
    case Qt::Key_Left:
      return WalkStep::left;
    case Qt::Key_Right:
      return WalkStep::right;
    case Qt::Key_Up:
      return WalkStep::up;
    case Qt::Key_Down:
      return WalkStep::down;
    case Qt::Key_Home:
      return WalkStep::first;
    case Qt::Key_End:
      return WalkStep::last;
    default:
      return std::nullopt;
  }
}

}  // namespace

/// Where the walk goes on: what is selected, else the left end of the highest curve of the first pane that has one.
std::optional<FigureView::Spot> FigureView::walk_begin() const {
  for (std::size_t i = 0; i < pinned_.size(); ++i)
    for (const PointPlace& place : pinned_[i])
      if (scene_->panes()[i].pixel(place)) return Spot{i, place};
  for (std::size_t i = 0; i < scene_->panes().size(); ++i)
    if (const auto place = scene_->panes()[i].walk_entry(scene_->panes()[i].area().rect.left(), false))
      return Spot{i, *place};
  return std::nullopt;
}

/// Beyond the curves of a pane are those of the next one.
std::optional<FigureView::Spot> FigureView::walked(const Spot& from, WalkStep step) const {
  auto& panes = scene_->panes();
  if (const auto place = panes[from.pane].walked(from.place, step)) return Spot{from.pane, *place};
  const bool up = step == WalkStep::up;
  if ((!up && step != WalkStep::down) || (up ? from.pane == 0 : from.pane + 1 == panes.size())) return std::nullopt;
  const std::size_t next = up ? from.pane - 1 : from.pane + 1;
  const auto at = panes[from.pane].pixel(from.place);
  const auto place = at ? panes[next].walk_entry(at->x(), up) : std::nullopt;
  return place ? std::optional{Spot{next, *place}} : std::nullopt;
}

void FigureView::walk(WalkStep step) {
  const bool on_point = hovered_ && scene_->panes()[hovered_->pane].pixel(hovered_->place);
  const auto next = on_point ? walked(*hovered_, step) : walk_begin();
  if (!next) return;
  if (const auto at = scene_->panes()[next->pane].pixel(next->place)) show_hovered(next, *at);
}

void FigureView::keyPressEvent(QKeyEvent* event) {
  const auto all = [&](double factor) {
    for (std::size_t i = 0; i < scene_->panes().size(); ++i) zoom(i, scene_->panes()[i].area().rect.center(), factor);
  };
  if (event->modifiers().testFlag(Qt::ControlModifier) || event->modifiers().testFlag(Qt::AltModifier))
    return QGraphicsView::keyPressEvent(event);
  if (const auto step = walk_step(event->key())) return walk(*step);
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return all(kKeyZoom);
    case Qt::Key_Minus:
      return all(1 / kKeyZoom);
    case Qt::Key_0:
      return fit();
    case Qt::Key_Backspace:
      return undoZoom();
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (hovered_) click(*hovered_);
      return;
    default:
      QGraphicsView::keyPressEvent(event);
  }
}

}  // namespace roofcast::gui
