// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/figure_view.hpp"

#include <QFocusEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

namespace roofcast::gui {
namespace {

constexpr double kReach = 12;    ///< pixels between the cursor and the point it means
constexpr double kLeastBox = 6;  ///< what is dragged less far is a click
constexpr double kWheelStep = 1.25;
constexpr std::size_t kMostUndone = 100;

bool same_axes(const ChartPane& l, const ChartPane& r) {
  return l.title == r.title && l.x.title == r.x.title && l.y.title == r.y.title && l.x.scale == r.x.scale &&
         l.y.scale == r.y.scale;
}

PaneWindow moved(PaneWindow window, QPointF by) {
  window.x.low += by.x();
  window.x.high += by.x();
  window.y.low += by.y();
  window.y.high += by.y();
  return window;
}

Drawing rubber_band(const QRectF& box, const ChartTheme& theme) {
  QColor fill = theme.palette.front();
  fill.setAlphaF(0.12F);
  Drawing drawing{.paths = {drawn_box(box, fill)}};
  drawing.paths.front().pen = QPen(theme.palette.front(), 1);
  return drawing;
}

}  // namespace

FigureView::FigureView(QWidget* parent) : QGraphicsView(parent) {
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAlignment(Qt::AlignLeft | Qt::AlignTop);
  setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(240, 180);
  setFigure({}, light_theme());
}

FigureView::~FigureView() {
  setScene(nullptr);  // it goes before the view
}

void FigureView::setFigure(const Figure& figure, const ChartTheme& theme) {
  std::vector<Zoomed> kept;
  for (std::size_t i = 0; scene_ && i < std::min(scene_->panes().size(), figure.panes.size()); ++i) {
    const PaneView& old = scene_->panes()[i];
    if (same_axes(old.pane(), figure.panes[i]) && old.area().window != old.fitted())
      kept.push_back({i, old.area().window});
  }
  auto next = std::make_unique<FigureScene>(figure, theme, QSizeF(viewport()->size()));
  setScene(next.get());
  scene_ = std::move(next);
  rubber_ = new DrawingItem(theme, 7);
  scene_->addItem(rubber_);
  pinned_.assign(figure.panes.size(), {});
  hovered_.reset();
  drag_ = Drag::none;
  history_.clear();
  for (const Zoomed& zoomed : kept) scene_->panes()[zoomed.pane].set_window(zoomed.window);
}

const Figure& FigureView::figure() const {
  return scene_->figure();
}

PaneWindow FigureView::window(std::size_t pane) const {
  return scene_->panes()[pane].area().window;
}

void FigureView::setWindow(std::size_t pane, const PaneWindow& window) {
  remember(pane);
  show_window(pane, window);
}

void FigureView::setPinned(std::size_t pane, const std::vector<PointPlace>& places) {
  pinned_[pane] = places;
  draw_rings(pane);
}

std::vector<DrawnText> FigureView::texts() const {
  return scene_->texts();
}

void FigureView::fit() {
  for (std::size_t i = 0; i < scene_->panes().size(); ++i) {
    if (window(i) != scene_->panes()[i].fitted()) setWindow(i, scene_->panes()[i].fitted());
  }
}

void FigureView::undoZoom() {
  if (history_.empty()) return;
  const Zoomed last = history_.back();
  history_.pop_back();
  show_window(last.pane, last.window);
}

void FigureView::remember(std::size_t pane) {
  history_.push_back({pane, window(pane)});
  if (history_.size() > kMostUndone) history_.erase(history_.begin());
}

void FigureView::show_window(std::size_t pane, const PaneWindow& window) {
  scene_->panes()[pane].set_window(window);
  emit windowChanged(static_cast<int>(pane));
}

std::optional<std::size_t> FigureView::pane_at(QPointF position) const {
  for (std::size_t i = 0; i < scene_->panes().size(); ++i) {
    if (scene_->panes()[i].area().rect.contains(position)) return i;
  }
  return std::nullopt;
}

void FigureView::draw_rings(std::size_t pane) {
  const bool here = hovered_ && hovered_->pane == pane;
  scene_->panes()[pane].set_rings(pinned_[pane], here ? std::optional{hovered_->place} : std::nullopt);
}

QString FigureView::words(std::size_t pane, PointPlace place) const {
  const ChartSeries& series = figure().panes[pane].series[place.series];
  const std::string& text = series.points[place.index].text;
  return QString::fromStdString(text.empty() ? series.name : text);
}

void FigureView::hover(QPointF position) {
  std::optional<Spot> found;
  for (std::size_t i = 0; i < scene_->panes().size() && !found; ++i) {
    if (const auto place = scene_->panes()[i].point_at(position, kReach)) found = Spot{i, *place};
  }
  show_hovered(found, position);
}

void FigureView::show_hovered(std::optional<Spot> spot, QPointF position) {
  if (spot == hovered_) return;
  const auto before = std::exchange(hovered_, spot);
  if (before) draw_rings(before->pane);
  if (!spot) {
    QToolTip::hideText();
    emit pointHovered(-1, -1, -1);
    return;
  }
  draw_rings(spot->pane);
  QToolTip::showText(viewport()->mapToGlobal(position.toPoint()) + QPoint(8, 8), words(spot->pane, spot->place),
                     viewport());
  emit pointHovered(static_cast<int>(spot->pane), static_cast<int>(spot->place.series),
                    static_cast<int>(spot->place.index));
}

void FigureView::click(const Spot& spot) {
  emit pointClicked(static_cast<int>(spot.pane), static_cast<int>(spot.place.series),
                    static_cast<int>(spot.place.index));
}

void FigureView::zoom(std::size_t pane, QPointF at, double factor) {
  const PlotArea& area = scene_->panes()[pane].area();
  const QPointF position = area.position(at);
  setWindow(pane, {.x = zoomed(area.window.x, position.x(), factor), .y = zoomed(area.window.y, position.y(), factor)});
}

void FigureView::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  scene_->resize(QSizeF(viewport()->size()));
}

void FigureView::wheelEvent(QWheelEvent* event) {
  const auto pane = pane_at(event->position());
  if (!pane || event->angleDelta().y() == 0) return event->ignore();
  constexpr double kNotch = 120;
  zoom(*pane, event->position(), std::pow(kWheelStep, event->angleDelta().y() / kNotch));
  event->accept();
}

void FigureView::mousePressEvent(QMouseEvent* event) {
  const auto pane = pane_at(event->position());
  const bool left = event->button() == Qt::LeftButton;
  if (!pane || (!left && event->button() != Qt::MiddleButton)) return QGraphicsView::mousePressEvent(event);
  drag_ = left && !event->modifiers().testFlag(Qt::ShiftModifier) ? Drag::box : Drag::pan;
  dragged_pane_ = *pane;
  pressed_ = event->position();
  pressed_window_ = window(*pane);
  if (drag_ == Drag::pan) viewport()->setCursor(Qt::ClosedHandCursor);
}

void FigureView::mouseMoveEvent(QMouseEvent* event) {
  if (drag_ == Drag::none) return hover(event->position());
  const PlotArea& area = scene_->panes()[dragged_pane_].area();
  if (drag_ == Drag::box) {
    const QRectF box = QRectF(pressed_, event->position()).normalized() & area.rect;
    rubber_->set_drawing(rubber_band(box, scene_->theme()));
    return;
  }
  const PlotArea from{.rect = area.rect, .window = pressed_window_};
  show_window(dragged_pane_, moved(pressed_window_, from.position(pressed_) - from.position(event->position())));
}

void FigureView::mouseReleaseEvent(QMouseEvent* event) {
  const Drag drag = std::exchange(drag_, Drag::none);
  viewport()->unsetCursor();
  rubber_->set_drawing({});
  if (drag == Drag::none) return QGraphicsView::mouseReleaseEvent(event);
  const PlotArea& area = scene_->panes()[dragged_pane_].area();
  if (drag == Drag::pan) {
    if (area.window != pressed_window_) history_.push_back({dragged_pane_, pressed_window_});
    return;
  }
  const QRectF box = QRectF(pressed_, event->position()).normalized() & area.rect;
  if (box.width() < kLeastBox || box.height() < kLeastBox) {
    if (const auto place = scene_->panes()[dragged_pane_].point_at(event->position(), kReach))
      click({dragged_pane_, *place});
    return;
  }
  const QPointF low = area.position(box.bottomLeft());
  const QPointF high = area.position(box.topRight());
  PaneWindow next = area.window;
  next.x.low = low.x();
  next.x.high = high.x();
  next.y.low = low.y();
  next.y.high = high.y();
  setWindow(dragged_pane_, next);
}

void FigureView::mouseDoubleClickEvent(QMouseEvent* event) {
  drag_ = Drag::none;
  const auto pane = pane_at(event->position());
  if (pane) setWindow(*pane, scene_->panes()[*pane].fitted());
}

void FigureView::leaveEvent(QEvent* event) {
  show_hovered({}, {});
  QGraphicsView::leaveEvent(event);
}

void FigureView::focusOutEvent(QFocusEvent* event) {
  show_hovered({}, {});
  QGraphicsView::focusOutEvent(event);
}

}  // namespace roofcast::gui
