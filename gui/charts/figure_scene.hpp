// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsScene>
#include <vector>

#include "gui/charts/pane_view.hpp"

namespace roofcast::gui {

/// A figure laid out in a picture of some size: what files are written from and the window shows.
class FigureScene : public QGraphicsScene {
 public:
  FigureScene(Figure figure, const ChartTheme& theme, QSizeF size);

  void resize(QSizeF size);
  [[nodiscard]] const Figure& figure() const { return figure_; }
  [[nodiscard]] const ChartTheme& theme() const { return theme_; }
  [[nodiscard]] std::vector<PaneView>& panes() { return panes_; }
  /// Every text that is drawn, with the box it covers.
  [[nodiscard]] std::vector<DrawnText> texts() const;

 private:
  Figure figure_{};
  ChartTheme theme_{};
  std::vector<std::string> footnotes_{};  ///< the figure's, and what the drawing left out
  DrawingItem* frame_ = nullptr;          ///< owned by the scene
  std::vector<PaneView> panes_{};
};

}  // namespace roofcast::gui
