// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <functional>

#include "gui/main_window.hpp"
#include "gui/panels/chart_tabs.hpp"
#include "gui/panels/figure_panel.hpp"
#include "gui/panels/plan_panel.hpp"
#include "gui/panels/results_panel.hpp"
#include "gui/panels/scenario_panel.hpp"
#include "gui/panels/sweep_panel.hpp"
#include "gui/panels/validate_panel.hpp"
#include "gui/text.hpp"
#include "gui/worked_examples.hpp"
#include "tests/gui/offscreen.hpp"

namespace roofcast::gui::tests {

/// Settings of their own: what a user keeps is neither read nor written.
struct OwnSettings {
  QTemporaryDir folder{};

  OwnSettings() {
    QCoreApplication::setOrganizationName("roofcast");
    QCoreApplication::setApplicationName("roofcast-gui-tests");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
  }
};

/// Handles events until the condition holds; false after `milliseconds`.
inline bool waited(const std::function<bool()>& condition, int milliseconds = 60'000) {
  QElapsedTimer clock;
  clock.start();
  while (!condition() && clock.elapsed() < milliseconds) QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
  return condition();
}

/// The window as a user sees it, without a display.
struct OpenedWindow {
  Offscreen application{};
  OwnSettings settings{};
  MainWindow window{default_preset_roots()};

  OpenedWindow() { window.show(); }

  [[nodiscard]] Session& session() { return window.session(); }
  /// Until nothing is computed any more.
  bool settle() {
    return waited([this] {
      QCoreApplication::sendPostedEvents();
      return !session().busy() && !window.tabs().sweep().busy() && !window.tabs().plan().busy() &&
             !window.tabs().validate().busy();
    });
  }
  void example(std::size_t number) {
    window.showExample(worked_examples()[number]);
    settle();
  }
  [[nodiscard]] QLineEdit* line(ScenarioText ScenarioDocument::*field) {
    FieldEdit* edit = window.scenario().edit(field);
    auto* combo = edit->findChild<QComboBox*>();
    return combo != nullptr ? combo->lineEdit() : edit->findChild<QLineEdit*>();
  }
  /// Key by key, as a user types it.
  void type(ScenarioText ScenarioDocument::*field, const QString& typed) {
    QLineEdit* editor = line(field);
    editor->setFocus();
    editor->selectAll();
    if (typed.isEmpty())
      QTest::keyClick(editor, Qt::Key_Delete);
    else
      QTest::keyClicks(editor, typed);
    session().end_edit();
    settle();
  }
  [[nodiscard]] FigurePanel& chart(ChartKind kind) { return window.tabs().chart(kind); }
};

}  // namespace roofcast::gui::tests
