// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/result.hpp"
#include "gui/job.hpp"
#include "gui/plan_form.hpp"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace roofcast::gui {

class FigurePanel;
class ResultsPanel;
class Session;

/// Which deployments serve a demand: the verdict, a mark for each, and the
/// table with those that fail and why.
class PlanPanel : public QWidget {
  Q_OBJECT

 public:
  explicit PlanPanel(Session& session, QWidget* parent = nullptr);

  void run();
  void cancel() { job_.cancel(); }
  [[nodiscard]] bool busy() const { return job_.running(); }
  [[nodiscard]] FigurePanel& chart() { return *chart_; }
  [[nodiscard]] ResultsPanel& table() { return *table_; }
  [[nodiscard]] QString verdictText() const;
  /// What prints the deployments that are shown; before there are any, what would.
  [[nodiscard]] QString command() const;

 signals:
  void commandChanged();
  void failed(const roofcast::Errors& errors);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  QLineEdit* add_line(QHBoxLayout* form, const QString& title, const QString& first, const QString& otherwise);
  QComboBox* add_choice(QHBoxLayout* form, const QString& title, const QStringList& words);
  [[nodiscard]] PlanForm form() const;
  void take(const Result<Plan>& plan, const QString& command);
  void show_busy();
  void tint_verdict();

  Session& session_;
  QString command_{};  ///< of the deployments in the table
  QLineEdit* amount_ = nullptr;
  QComboBox* kind_ = nullptr;
  QLineEdit* hardware_ = nullptr;
  QLineEdit* headroom_ = nullptr;
  QLineEdit* most_ = nullptr;
  QComboBox* objective_ = nullptr;
  QPushButton* run_ = nullptr;
  QPushButton* cancel_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* verdict_ = nullptr;
  bool yes_ = false;  ///< the verdict
  FigurePanel* chart_ = nullptr;
  ResultsPanel* table_ = nullptr;
  Job job_{};
};

}  // namespace roofcast::gui
