// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>

#include "core/version.hpp"
#include "gui/main_window.hpp"
#include "gui/text.hpp"
#include "gui/window_memory.hpp"

int main(int argc, char** argv) {
  using namespace roofcast;
  QApplication application(argc, argv);
  QApplication::setApplicationName("roofcast-gui");
  QApplication::setApplicationDisplayName("Roofcast");
  QApplication::setOrganizationName("roofcast");
  QApplication::setApplicationVersion(gui::text(version()));
  QApplication::setDesktopFileName("io.github.roofcast.Roofcast");
  QApplication::setWindowIcon(QIcon(":/icons/roofcast.svg"));
  QCommandLineParser parser;
  parser.setApplicationDescription("The desktop planner of Roofcast.");
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument("FILE", "scenario, sweep CSV, measurement CSV, model or hardware profile", "[FILE...]");
  parser.process(application);

  gui::MainWindow window(default_preset_roots());
  gui::restore_layout(window);
  if (const auto kept = gui::unsaved(); parser.positionalArguments().isEmpty() && kept != gui::SessionState{})
    window.session().begin(kept, {});
  for (const QString& file : parser.positionalArguments()) window.openFile(file);
  window.show();
  return QApplication::exec();
}
