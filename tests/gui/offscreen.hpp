// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>

namespace roofcast::gui::tests {

/// Widgets and fonts need an application; a test makes one of these first. It is never destroyed: Qt does not
/// survive that after main().
struct Offscreen {
  Offscreen() {
    static int count = 1;
    static char name[] = "roofcast_gui_tests";
    static char* arguments[] = {name, nullptr};
    static const QApplication* application = [] {
      qputenv("QT_QPA_PLATFORM", "offscreen");
      return new QApplication(count, arguments);
    }();
    Q_UNUSED(application);
  }
};

}  // namespace roofcast::gui::tests
