// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/main_window.hpp"

#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>
#include <memory>
#include <utility>

#include "gui/figure_selection.hpp"
#include "gui/panels/chart_tabs.hpp"
#include "gui/panels/command_bar.hpp"
#include "gui/panels/error_bar.hpp"
#include "gui/panels/inspector_panel.hpp"
#include "gui/panels/pins_panel.hpp"
#include "gui/panels/results_panel.hpp"
#include "gui/panels/scenario_panel.hpp"
#include "gui/panels/start_page.hpp"
#include "gui/panels/sweep_panel.hpp"
#include "gui/panels/validate_panel.hpp"
#include "gui/text.hpp"
#include "gui/window_memory.hpp"

namespace roofcast::gui {

MainWindow::MainWindow(PresetRoots roots, QWidget* parent) : QMainWindow(parent), session_{std::move(roots)} {
  setObjectName("main_window");
  setAcceptDrops(true);
  build();
  add_docks();
  add_menus();
  connect_panels();
  resize(1360, 860);
  show_state();
}

MainWindow::~MainWindow() = default;

void MainWindow::build() {
  auto* centre = new QWidget(this);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  errors_ = new ErrorBar(centre);
  column->addWidget(errors_);
  pages_ = new QStackedWidget(centre);
  start_ = new StartPage(pages_);
  auto* work = new QSplitter(Qt::Vertical, pages_);
  auto* charts = new QWidget(work);
  auto* chart_column = new QVBoxLayout(charts);
  chart_column->setContentsMargins(0, 0, 0, 0);
  chart_column->setSpacing(2);
  tabs_ = new ChartTabs(session_, charts);
  pins_ = new PinsPanel(session_, charts);
  chart_column->addWidget(tabs_, 1);
  chart_column->addWidget(pins_);
  results_ = new ResultsPanel(work);
  work->addWidget(charts);
  work->addWidget(results_);
  work->setStretchFactor(0, 4);
  work->setStretchFactor(1, 1);
  work->setSizes({640, 170});
  work->setCollapsible(0, false);
  pages_->addWidget(start_);
  pages_->addWidget(work);
  column->addWidget(pages_, 1);
  setCentralWidget(centre);
  command_ = new CommandBar(session_, *tabs_, this);
  statusBar()->addWidget(command_, 1);
  statusBar()->setSizeGripEnabled(false);
}

void MainWindow::add_docks() {
  const auto dock = [this](const QString& title, const char* name, QWidget* panel, Qt::DockWidgetArea area) {
    auto* d = new QDockWidget(title, this);
    d->setObjectName(name);
    d->setWidget(panel);
    addDockWidget(area, d);
    return d;
  };
  scenario_ = new ScenarioPanel(session_, this);
  inspector_ = new InspectorPanel(session_, this);
  scenario_dock_ = dock(tr("Scenario"), "scenario_dock", scenario_, Qt::LeftDockWidgetArea);
  inspector_dock_ = dock(tr("Inspector"), "inspector_dock", inspector_, Qt::RightDockWidgetArea);
  resizeDocks({scenario_dock_, inspector_dock_}, {260, 285}, Qt::Horizontal);
}

void MainWindow::connect_panels() {
  connect(&session_, &Session::answered, this, &MainWindow::show_answer);
  connect(&session_, &Session::stateChanged, this, &MainWindow::show_state);
  connect(&session_, &Session::fileChanged, this, &MainWindow::show_title);
  connect(&session_, &Session::selectionChanged, this, [this] {
    const auto& answer = session_.answer();
    if (answer && session_.selection()) results_->setCurrentRecord(row_of(*answer, *session_.selection()));
  });
  connect(results_, &ResultsPanel::recordSelected, this, [this](std::size_t record) {
    const auto& answer = session_.answer();
    if (answer && record < answer->rows.points.size()) session_.select(answer->rows.points[record]);
  });
  connect(results_, &ResultsPanel::failed, this, &MainWindow::showErrors);
  connect(tabs_, &ChartTabs::failed, this, &MainWindow::showErrors);
  connect(tabs_, &ChartTabs::currentChanged, this, [this] {
    results_->setVisible(tabs_->onScenario());
    pins_->setVisible(tabs_->onScenario() && !session_.state().pins.empty());
  });
  connect(errors_, &ErrorBar::placeClicked, scenario_, &ScenarioPanel::focusField);
  connect(start_, &StartPage::exampleChosen, this, &MainWindow::showExample);
  connect(start_, &StartPage::fileChosen, this, &MainWindow::openFile);
  connect(&tabs_->validate(), &ValidatePanel::openWanted, this, &MainWindow::openDialog);
  connect(&tabs_->sweep(), &SweepPanel::openWanted, this, &MainWindow::openDialog);
  connect(scenario_, &ScenarioPanel::modelFileWanted, this, [this] {
    pick_file(&ScenarioDocument::model, tr("Model file"), tr("Models (config.json *.json *.gguf *.safetensors)"));
  });
  connect(scenario_, &ScenarioPanel::hardwareFileWanted, this,
          [this] { pick_file(&ScenarioDocument::hardware, tr("Hardware profile"), tr("Profiles (*.json)")); });
}

void MainWindow::show_answer() {
  const auto& answer = session_.answer();
  const bool missing = !session_.document().model || !session_.document().hardware;
  showErrors(missing ? Errors{} : session_.errors());  // half a scenario is no mistake
  results_->setEnabled(!session_.stale());
  if (!answer || session_.stale() || answer->rows.csv == shown_rows_) return;
  shown_rows_ = answer->rows.csv;
  results_->setTable(std::make_shared<const CsvText>(QByteArray::fromStdString(shown_rows_)));
  results_->setCurrentRecord(session_.selection() ? row_of(*answer, *session_.selection()) : std::nullopt);
}

void MainWindow::show_state() {
  const bool empty = session_.state() == SessionState{};
  if (empty) start_->setRecentFiles(recent_files());
  pages_->setCurrentIndex(empty && tabs_->onScenario() ? 0 : 1);
  inspector_dock_->widget()->setEnabled(!empty);
  show_title();
}

void MainWindow::show_title() {
  const auto& d = session_.document();
  const QString name = session_.file().isEmpty() ? tr("Untitled") : QFileInfo(session_.file()).fileName();
  QString subject = text(d.model.value_or(""));
  if (d.hardware) subject += " · " + text(*d.hardware);
  if (d.tp) subject += tr(" · TP%1").arg(text(*d.tp));
  setWindowTitle(QString("%1[*] – %2Roofcast").arg(name, subject.isEmpty() ? "" : subject + " – "));
  setWindowModified(session_.modified());
}

void MainWindow::showErrors(const Errors& errors) {
  errors_->setErrors(errors);
}

void MainWindow::showStartPage() {
  start_->setRecentFiles(recent_files());
  pages_->setCurrentIndex(0);
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!may_leave()) return event->ignore();
  save_layout(*this);
  keep_unsaved(session_.file().isEmpty() ? session_.state() : SessionState{});
  event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls())
    if (url.isLocalFile()) openFile(url.toLocalFile());
}

}  // namespace roofcast::gui
