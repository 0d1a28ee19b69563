// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace roofcast::gui {

class ChartTabs;
class Session;

/// The command that prints what is seen, to be copied.
class CommandBar : public QWidget {
  Q_OBJECT

 public:
  CommandBar(Session& session, ChartTabs& tabs, QWidget* parent = nullptr);
  [[nodiscard]] QString command() const;

 public slots:
  void copy();

 private:
  void show_answer();

  Session& session_;
  ChartTabs& tabs_;
  QLineEdit* line_ = nullptr;
  QLabel* time_ = nullptr;
};

}  // namespace roofcast::gui
