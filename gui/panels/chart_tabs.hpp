// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabWidget>
#include <vector>

#include "core/result.hpp"
#include "gui/answer.hpp"

namespace roofcast::gui {

class FigurePanel;
class PlanPanel;
class ResultsPanel;
class Session;
class SweepPanel;
class ValidatePanel;

/// The tabs: a chart of the scenarios each, then measured rows and sweeps. One selection on all of them.
class ChartTabs : public QTabWidget {
  Q_OBJECT

 public:
  explicit ChartTabs(Session& session, QWidget* parent = nullptr);

  [[nodiscard]] FigurePanel& chart(ChartKind kind) { return *charts_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] ValidatePanel& validate() { return *validate_; }
  [[nodiscard]] SweepPanel& sweep() { return *sweep_; }
  [[nodiscard]] PlanPanel& plan() { return *plan_; }
  void showChart(ChartKind kind) { setCurrentIndex(static_cast<int>(kind)); }
  /// The chart that is seen, of whichever tab.
  [[nodiscard]] FigurePanel* current();
  /// The table of that tab; null where it is the scenarios'.
  [[nodiscard]] ResultsPanel* currentTable();
  /// The command line that prints what is seen: that of the scenario, or of the plan, sweep or validation that
  /// was run. Empty where nothing is shown.
  [[nodiscard]] QString command() const;
  /// The tab is about the scenario that is edited.
  [[nodiscard]] bool onScenario() const { return currentIndex() < static_cast<int>(charts_.size()); }

 signals:
  void commandChanged();
  void failed(const roofcast::Errors& errors);

 private:
  void add_chart(const QString& title, const QString& about);
  void show_answer();
  void mark_selection();
  void select(int pane, int series, int index);

  Session& session_;
  std::vector<FigurePanel*> charts_{};  ///< by ChartKind
  ValidatePanel* validate_ = nullptr;
  SweepPanel* sweep_ = nullptr;
  PlanPanel* plan_ = nullptr;
};

}  // namespace roofcast::gui
