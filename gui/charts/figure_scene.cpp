// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/figure_scene.hpp"

#include <algorithm>
#include <utility>

#include "gui/charts/figure_frame.hpp"

namespace roofcast::gui {

FigureScene::FigureScene(Figure figure, const ChartTheme& theme, QSizeF size)
    : figure_{std::move(figure)}, theme_{theme}, footnotes_{figure_.footnotes}, frame_{new DrawingItem(theme, 0)} {
  setItemIndexMethod(NoIndex);
  setBackgroundBrush(theme.background);
  addItem(frame_);
  for (const std::string& omission : omissions(figure_)) footnotes_.push_back(omission);
  panes_.reserve(figure_.panes.size());
  const std::vector<PaneWindow> fitted = fitted_windows(figure_);
  for (std::size_t i = 0; i < figure_.panes.size(); ++i) {
    ChartPane pane = figure_.panes[i];
    // Panes over the same axis say its title once, under the last.
    if (i + 1 < figure_.panes.size() && pane.x.title == figure_.panes[i + 1].x.title) pane.x.title.clear();
    panes_.emplace_back(std::move(pane), fitted[i], theme_, *this);
  }
  resize(size);
}

void FigureScene::resize(QSizeF size) {
  constexpr double kGap = 10;
  setSceneRect(QRectF(QPointF(0, 0), size));
  FigureFrame frame = figure_frame(figure_, footnotes_, size, theme_);
  frame_->set_drawing(std::move(frame.drawing));
  if (panes_.empty()) return;
  const auto count = static_cast<double>(panes_.size());
  const double height = (frame.panes.height() - kGap * (count - 1)) / count;
  double y_texts = 0;
  for (const PaneView& pane : panes_) y_texts = std::max(y_texts, pane.y_texts(height));
  double top = frame.panes.top();
  for (PaneView& pane : panes_) {
    pane.lay_out(QRectF(frame.panes.left(), top, frame.panes.width(), height), y_texts);
    top += height + kGap;
  }
}

std::vector<DrawnText> FigureScene::texts() const {
  std::vector<DrawnText> all = frame_->drawing().texts;
  for (const PaneView& pane : panes_) {
    const std::vector<DrawnText> more = pane.texts();
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace roofcast::gui
