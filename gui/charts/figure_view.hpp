// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "gui/charts/figure_scene.hpp"

namespace roofcast::gui {

/// A figure on the screen. Drag zooms into a box, the wheel zooms at the cursor, the middle button (or Shift and the
/// left one) pans, a double click fits, Backspace and undoZoom() take the last zoom back; +, - and 0 do the same
/// from the keyboard. Arrow keys, Home and End hover from point to point, Return clicks the one that is hovered. Emits
/// what is hovered and clicked; what is pinned is told to it.
class FigureView : public QGraphicsView {
  Q_OBJECT

 public:
  explicit FigureView(QWidget* parent = nullptr);
  ~FigureView() override;

  /// Windows are kept where the new figure has the same panes with the same axes: a recomputed chart stays zoomed.
  void setFigure(const Figure& figure, const ChartTheme& theme);
  [[nodiscard]] const Figure& figure() const;
  [[nodiscard]] PaneWindow window(std::size_t pane) const;
  void setWindow(std::size_t pane, const PaneWindow& window);
  void setPinned(std::size_t pane, const std::vector<PointPlace>& places);
  [[nodiscard]] std::vector<DrawnText> texts() const;
  /// What hovering says of a point.
  [[nodiscard]] QString words(std::size_t pane, PointPlace place) const;

 public slots:
  void fit();
  void undoZoom();

 signals:
  /// `series` and `index` are -1 when the cursor leaves a point.
  void pointHovered(int pane, int series, int index);
  void pointClicked(int pane, int series, int index);
  void windowChanged(int pane);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  enum class Drag { none, box, pan };
  /// A point of a pane.
  struct Spot {
    std::size_t pane = 0;
    PointPlace place{};

    friend bool operator==(const Spot&, const Spot&) = default;
  };
  struct Zoomed {
    std::size_t pane = 0;
    PaneWindow window{};
  };

  [[nodiscard]] std::optional<std::size_t> pane_at(QPointF position) const;
  void remember(std::size_t pane);
  void show_window(std::size_t pane, const PaneWindow& window);
  void hover(QPointF position);
  void show_hovered(std::optional<Spot> spot, QPointF position);
  void walk(WalkStep step);
  [[nodiscard]] std::optional<Spot> walk_begin() const;
  [[nodiscard]] std::optional<Spot> walked(const Spot& from, WalkStep step) const;
  void click(const Spot& spot);
  void zoom(std::size_t pane, QPointF at, double factor);
  void draw_rings(std::size_t pane);

  std::unique_ptr<FigureScene> scene_{};
  DrawingItem* rubber_ = nullptr;  ///< owned by the scene
  std::vector<Zoomed> history_{};
  std::vector<std::vector<PointPlace>> pinned_{};
  std::optional<Spot> hovered_{};
  Drag drag_ = Drag::none;
  std::size_t dragged_pane_ = 0;
  QPointF pressed_{};
  PaneWindow pressed_window_{};
};

}  // namespace roofcast::gui
