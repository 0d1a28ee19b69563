// SPDX-License-Identifier: GPL-3.0-or-later
/// How the window opens, saves and leaves files.
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QStackedWidget>

#include "gui/file_kind.hpp"
#include "gui/main_window.hpp"
#include "gui/panels/chart_tabs.hpp"
#include "gui/panels/sweep_panel.hpp"
#include "gui/panels/validate_panel.hpp"
#include "gui/text.hpp"
#include "gui/window_memory.hpp"
#include "gui/worked_examples.hpp"
#include "hwmodels/named_inputs.hpp"

namespace roofcast::gui {

void MainWindow::showExample(const WorkedExample& example) {
  if (!may_leave()) return;
  tabs_->showChart(example.chart);
  session_.begin(example.state, {});
}

void MainWindow::newScenario() {
  if (!may_leave()) return;
  tabs_->setCurrentIndex(0);
  session_.begin({}, {});
}

void MainWindow::openFile(const QString& file) {
  const auto kind = file_kind(file);
  if (!kind) return showErrors(kind.error());
  showErrors({});
  pages_->setCurrentIndex(1);
  switch (*kind) {
    case FileKind::scenario:
      if (!may_leave()) return;
      if (const auto opened = session_.open(file); !opened) return show_state(), showErrors(opened.error());
      if (!tabs_->onScenario()) tabs_->setCurrentIndex(0);
      break;
    case FileKind::sweep:
      tabs_->setCurrentWidget(&tabs_->sweep());
      tabs_->sweep().open(file);
      break;
    case FileKind::measurements:
      tabs_->setCurrentWidget(&tabs_->validate());
      tabs_->validate().open(file);
      break;
    case FileKind::model:
      if (const auto model = named_model(session_.roots(), utf8(file)); !model)
        return show_state(), showErrors(model.error());
      session_.end_edit();
      session_.edit(&ScenarioDocument::model, file);
      break;
    case FileKind::hardware:
      if (const auto device = named_device(session_.roots(), utf8(file)); !device)
        return show_state(), showErrors(device.error());
      session_.end_edit();
      session_.edit(&ScenarioDocument::hardware, file);
      break;
  }
  add_recent_file(file);
}

void MainWindow::openDialog() {
  const QString file = QFileDialog::getOpenFileName(
      this, tr("Open"), {}, tr("All that Roofcast reads (*.json *.csv *.gguf *.safetensors);;All files (*)"));
  if (!file.isEmpty()) openFile(file);
}

bool MainWindow::saveTo(const QString& file) {
  const auto saved = session_.save(file);
  showErrors(saved ? Errors{} : saved.error());
  if (saved) add_recent_file(file);
  return saved.has_value();
}

bool MainWindow::save() {
  return session_.file().isEmpty() ? saveAs() : saveTo(session_.file());
}

bool MainWindow::saveAs() {
  QString file = QFileDialog::getSaveFileName(this, tr("Save scenario"), "scenario.roofcast.json",
                                              tr("Scenarios (*.roofcast.json)"));
  if (file.isEmpty()) return false;
  if (!file.endsWith(".json")) file += ".roofcast.json";
  return saveTo(file);
}

bool MainWindow::may_leave() {
  if (session_.file().isEmpty() || !session_.modified()) return true;
  const auto choice = QMessageBox::question(this, tr("Unsaved changes"),
                                            tr("Save the changes of %1?").arg(QFileInfo(session_.file()).fileName()),
                                            QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
  return choice == QMessageBox::Save ? save() : choice == QMessageBox::Discard;
}

void MainWindow::pick_file(ScenarioText ScenarioDocument::*field, const QString& title, const QString& filters) {
  const QString file = QFileDialog::getOpenFileName(this, title, {}, filters);
  if (file.isEmpty()) return;
  showErrors({});
  session_.end_edit();
  session_.edit(field, file);
}

}  // namespace roofcast::gui
