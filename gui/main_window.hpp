// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

#include "gui/session.hpp"

class QActionGroup;
class QMenu;
class QStackedWidget;

namespace roofcast::gui {

class ChartTabs;
class CommandBar;
class ErrorBar;
class InspectorPanel;
class PinsPanel;
class ResultsPanel;
class ScenarioPanel;
class StartPage;
struct WorkedExample;

/// The window: docks, pages and menus around one session.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(PresetRoots roots, QWidget* parent = nullptr);
  ~MainWindow() override;

  [[nodiscard]] Session& session() { return session_; }
  [[nodiscard]] ChartTabs& tabs() { return *tabs_; }
  [[nodiscard]] ResultsPanel& results() { return *results_; }
  [[nodiscard]] ScenarioPanel& scenario() { return *scenario_; }
  [[nodiscard]] InspectorPanel& inspector() { return *inspector_; }
  [[nodiscard]] CommandBar& command() { return *command_; }
  [[nodiscard]] ErrorBar& errors() { return *errors_; }

  /// Whatever kind of file it is. What is open stays where it cannot be read.
  void openFile(const QString& file);
  void showExample(const WorkedExample& example);
  /// Errors go to the bar at the top.
  bool saveTo(const QString& file);

 public slots:
  void newScenario();
  void openDialog();
  bool save();
  bool saveAs();
  void showErrors(const roofcast::Errors& errors);
  void showStartPage();

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void build();
  void add_docks();
  void add_menus();
  void add_file_menu();
  void add_edit_menu();
  void add_view_menu();
  void add_other_menus();
  void fill_recent_menu();
  void connect_panels();
  void show_answer();
  void show_state();
  void show_title();
  /// Saved, dropped on purpose, or nothing to lose.
  bool may_leave();
  void pick_file(ScenarioText ScenarioDocument::*field, const QString& title, const QString& filters);

  Session session_;
  QStackedWidget* pages_ = nullptr;
  StartPage* start_ = nullptr;
  ErrorBar* errors_ = nullptr;
  ChartTabs* tabs_ = nullptr;
  PinsPanel* pins_ = nullptr;
  ResultsPanel* results_ = nullptr;
  ScenarioPanel* scenario_ = nullptr;
  InspectorPanel* inspector_ = nullptr;
  CommandBar* command_ = nullptr;
  QDockWidget* scenario_dock_ = nullptr;
  QDockWidget* inspector_dock_ = nullptr;
  QMenu* recent_ = nullptr;
  std::string shown_rows_{};
};

}  // namespace roofcast::gui
