// SPDX-License-Identifier: GPL-3.0-or-later
/// The menus of the window: every command with its key.
#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>

#include "core/version.hpp"
#include "gui/main_window.hpp"
#include "gui/palette_theme.hpp"
#include "gui/panels/chart_tabs.hpp"
#include "gui/panels/command_bar.hpp"
#include "gui/panels/figure_panel.hpp"
#include "gui/panels/plan_panel.hpp"
#include "gui/panels/results_panel.hpp"
#include "gui/panels/sweep_panel.hpp"
#include "gui/panels/validate_panel.hpp"
#include "gui/text.hpp"
#include "gui/window_memory.hpp"

namespace roofcast::gui {
namespace {

/// An action with its key.
template <class Slot>
QAction* add(QMenu* menu, const QString& title, const QKeySequence& key, QObject* receiver, Slot slot) {
  auto* action = menu->addAction(title);
  action->setShortcut(key);
  QObject::connect(action, &QAction::triggered, receiver, slot);
  return action;
}

}  // namespace

void MainWindow::add_menus() {
  add_file_menu();
  add_edit_menu();
  add_view_menu();
  add_other_menus();
}

void MainWindow::add_file_menu() {
  auto* file = menuBar()->addMenu(tr("&File"));
  add(file, tr("&New"), QKeySequence::New, this, [this] { newScenario(); });
  add(file, tr("&Open…"), QKeySequence::Open, this, [this] { openDialog(); });
  recent_ = file->addMenu(tr("Open &recent"));
  connect(recent_, &QMenu::aboutToShow, this, &MainWindow::fill_recent_menu);
  add(file, tr("Start &page"), QKeySequence("Ctrl+Home"), this, [this] { showStartPage(); });
  file->addSeparator();
  add(file, tr("&Save"), QKeySequence::Save, this, [this] { save(); });
  add(file, tr("Save &as…"), QKeySequence("Ctrl+Shift+S"), this, [this] { saveAs(); });
  file->addSeparator();
  add(file, tr("&Export chart…"), QKeySequence("Ctrl+E"), this, [this] { tabs_->current()->exportFigure(); });
  add(file, tr("Export &table…"), QKeySequence("Ctrl+Shift+E"), this, [this] {
    ResultsPanel* table = tabs_->currentTable();
    (table != nullptr ? table : results_)->exportTable();
  });
  file->addSeparator();
  add(file, tr("&Quit"), QKeySequence::Quit, this, [this] { close(); });
}

void MainWindow::fill_recent_menu() {
  recent_->clear();
  for (const QString& file : recent_files()) {
    QAction* action = recent_->addAction(QFileInfo(file).fileName(), this, [this, file] { openFile(file); });
    action->setToolTip(file);
  }
  if (recent_->isEmpty()) recent_->addAction(tr("None"))->setEnabled(false);
}

void MainWindow::add_edit_menu() {
  auto* edit = menuBar()->addMenu(tr("&Edit"));
  auto* undo = session_.undo_stack().createUndoAction(this, tr("&Undo"));
  undo->setShortcut(QKeySequence::Undo);
  auto* redo = session_.undo_stack().createRedoAction(this, tr("&Redo"));
  redo->setShortcuts({QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")});
  edit->addAction(undo);
  edit->addAction(redo);
  edit->addSeparator();
  add(edit, tr("&Copy as CLI"), QKeySequence("Ctrl+Shift+C"), command_, [this] { command_->copy(); });
  add(edit, tr("Clear &selection"), QKeySequence("Esc"), this, [this] {
    session_.select(std::nullopt);
    results_->setCurrentRecord(std::nullopt);
  });
}

void MainWindow::add_view_menu() {
  auto* view = menuBar()->addMenu(tr("&View"));
  for (int tab = 0; tab < tabs_->count(); ++tab)
    add(view, tabs_->tabText(tab), QKeySequence(QString("Alt+%1").arg(tab + 1)), this, [this, tab] {
      pages_->setCurrentIndex(1);
      tabs_->setCurrentIndex(tab);
    });
  view->addSeparator();
  view->addAction(scenario_dock_->toggleViewAction());
  view->addAction(inspector_dock_->toggleViewAction());
  view->addSeparator();
  auto* themes = new QActionGroup(this);
  const auto theme = [&](const QString& title, const QPalette& palette) {
    QAction* action = view->addAction(title, this, [palette] { QApplication::setPalette(palette); });
    action->setCheckable(true);
    themes->addAction(action);
    return action;
  };
  theme(tr("Theme of the desktop"), QPalette())->setChecked(true);
  theme(tr("Light theme"), light_palette());
  theme(tr("Dark theme"), dark_palette());
}

void MainWindow::add_other_menus() {
  auto* scenario = menuBar()->addMenu(tr("S&cenario"));
  add(scenario, tr("&Pin"), QKeySequence("Ctrl+P"), this, [this] { session_.pin(); });
  add(scenario, tr("&Unpin all"), QKeySequence("Ctrl+Shift+P"), this, [this] { session_.unpin_all(); });
  add(scenario, tr("Use &selected point"), QKeySequence("Ctrl+Return"), this, [this] { session_.adopt_selection(); });
  auto* sweep = menuBar()->addMenu(tr("S&weep"));
  add(sweep, tr("&Run"), QKeySequence("F5"), this, [this] {
    pages_->setCurrentIndex(1);
    tabs_->setCurrentWidget(&tabs_->sweep());
    tabs_->sweep().run();
  });
  add(sweep, tr("&Cancel what runs"), QKeySequence("Shift+F5"), this, [this] {
    tabs_->sweep().cancel();
    tabs_->plan().cancel();
    tabs_->validate().cancel();
  });
  add(sweep, tr("&Open CSV…"), {}, this, [this] { openDialog(); });
  sweep->addSeparator();
  add(sweep, tr("&Plan"), QKeySequence("F6"), this, [this] {
    pages_->setCurrentIndex(1);
    tabs_->setCurrentWidget(&tabs_->plan());
    tabs_->plan().run();
  });
  auto* validate = menuBar()->addMenu(tr("V&alidate"));
  add(validate, tr("&Open measurements…"), {}, this, [this] { openDialog(); });
  auto* help = menuBar()->addMenu(tr("&Help"));
  add(help, tr("&About Roofcast"), {}, this, [this] {
    QMessageBox::about(this, tr("About Roofcast"),
                       tr("<b>Roofcast %1</b><p>Analytical performance simulator and capacity planner for LLM "
                          "inference.</p><p>This window is GPL-3.0-or-later; the command line is Apache-2.0.</p>")
                           .arg(text(version())));
  });
}

}  // namespace roofcast::gui
