// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <algorithm>
#include <cstdio>
#include <string_view>

#include "core/version.hpp"
#include "gui/main_window.hpp"
#include "gui/text.hpp"
#include "gui/window_memory.hpp"

namespace {

/// Qt ends a program that finds no display by a signal; one line says more.
bool has_display(int argc, char** argv) {
  for (int i = 1; i < argc; ++i)
    if (std::string_view(argv[i]).starts_with("-platform")) return true;
  return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || qEnvironmentVariableIsSet("DISPLAY") ||
         qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
}

/// Answers that need no window.
bool only_asks(int argc, char** argv) {
  const auto asks = [](std::string_view word) {
    return word == "-h" || word == "--help" || word == "--help-all" || word == "-v" || word == "--version";
  };
  return std::any_of(argv + 1, argv + argc, asks);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace roofcast;
  if (only_asks(argc, argv)) qputenv("QT_QPA_PLATFORM", "offscreen");
  if (!has_display(argc, argv)) {
    fmt::print(stderr,
               "roofcast-gui: no display: DISPLAY and WAYLAND_DISPLAY are not set (roofcast plot draws without one)\n");
    return 4;
  }
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
  if (!parser.parse(QApplication::arguments())) {
    fmt::print(stderr, "roofcast-gui: {} (roofcast-gui --help lists what there is)\n", gui::utf8(parser.errorText()));
    return 2;
  }
  parser.process(application);  // --help and --version end here

  gui::MainWindow window(default_preset_roots());
  gui::restore_layout(window);
  if (const auto kept = gui::unsaved(); parser.positionalArguments().isEmpty() && kept != gui::SessionState{})
    window.session().begin(kept, {});
  for (const QString& file : parser.positionalArguments()) window.openFile(file);
  window.show();
  return QApplication::exec();
}
