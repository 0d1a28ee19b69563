// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace roofcast {
struct Estimate;
}

namespace roofcast::gui {

class OperatorModel;
class Session;

/// The selected point, or the scenario itself: verdict, figures, operators, and any formula with its numbers.
class InspectorPanel : public QWidget {
  Q_OBJECT

 public:
  explicit InspectorPanel(Session& session, QWidget* parent = nullptr);

  /// What it shows as a command line.
  [[nodiscard]] QString command() const;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void show_answer();
  void show_estimate(const Estimate& e);
  void show_formula();
  void select_operator();
  [[nodiscard]] QString subject() const;
  [[nodiscard]] const Estimate* shown() const;

  Session& session_;
  QWidget* body_ = nullptr;  ///< all of it, once there is something to show
  QLabel* hint_ = nullptr;   ///< before that
  QLabel* subject_ = nullptr;
  QLabel* verdict_ = nullptr;
  QLabel* figures_ = nullptr;
  OperatorModel* operators_ = nullptr;
  QTableView* table_ = nullptr;
  QComboBox* terms_ = nullptr;
  QPlainTextEdit* formula_ = nullptr;
  QPushButton* adopt_ = nullptr;
};

}  // namespace roofcast::gui
