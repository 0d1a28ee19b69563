// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace roofcast::gui {

class Session;

/// The scenarios that are shown together, each with a button that takes it away.
class PinsPanel : public QWidget {
  Q_OBJECT

 public:
  explicit PinsPanel(Session& session, QWidget* parent = nullptr);

 private:
  void show_pins();

  Session& session_;
  QHBoxLayout* row_ = nullptr;
};

}  // namespace roofcast::gui
