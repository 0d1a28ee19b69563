// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/chart/chart.hpp"
#include "core/result.hpp"
#include "gui/charts/pane_points.hpp"

class QLabel;
class QStackedLayout;
class QToolBar;

namespace roofcast::gui {

class FigureView;

/// A chart with what is done to it: fit, zoom back, export. Before there is one, it says what is missing.
class FigurePanel : public QWidget {
  Q_OBJECT

 public:
  explicit FigurePanel(QWidget* parent = nullptr);

  void setFigure(const Figure& figure);
  /// Instead of a chart.
  void setMessage(const QString& message);
  /// Greyed: the chart is of an earlier state, for that reason; empty: it is current.
  void setStale(const QString& reason);
  /// A ring around the first of them is what keyboard and table select.
  void setMarked(std::size_t pane, const std::vector<PointPlace>& places);
  [[nodiscard]] const std::optional<Figure>& figure() const { return figure_; }
  [[nodiscard]] FigureView& view() { return *view_; }
  [[nodiscard]] QToolBar& tools() { return *tools_; }

 public slots:
  void exportFigure();

 signals:
  void pointClicked(int pane, int series, int index);
  void failed(const roofcast::Errors& errors);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void name_point(int pane, int series, int index);

  FigureView* view_ = nullptr;
  QLabel* message_ = nullptr;
  QLabel* stale_ = nullptr;
  QToolBar* tools_ = nullptr;
  QStackedLayout* pages_ = nullptr;
  QWidget* veil_ = nullptr;  ///< over a chart that is not current
  std::optional<Figure> figure_{};
};

}  // namespace roofcast::gui
