// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/chart/chart.hpp"
#include "core/result.hpp"
#include "gui/job.hpp"
#include "gui/models/csv_text.hpp"
#include "gui/sweep_form.hpp"

class QComboBox;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace roofcast::gui {

class FigurePanel;
class ResultsPanel;
class Session;

/// Many points at once: the scenario with some axes, or a file that a sweep wrote; as charts and as a table.
class SweepPanel : public QWidget {
  Q_OBJECT

 public:
  explicit SweepPanel(Session& session, QWidget* parent = nullptr);

  /// A CSV of any size: read and drawn off the GUI thread.
  void open(const QString& file);
  void run();
  void cancel() { job_.cancel(); }
  [[nodiscard]] bool busy() const { return job_.running() || drawing_.running(); }
  [[nodiscard]] FigurePanel& chart() { return *chart_; }
  [[nodiscard]] ResultsPanel& table() { return *table_; }
  [[nodiscard]] QLineEdit* axis(const QString& flag) const;
  /// What prints the rows that are shown; before there are any, what would.
  [[nodiscard]] QString command() const;

 signals:
  void commandChanged();
  void openWanted();
  void failed(const roofcast::Errors& errors);

 private:
  [[nodiscard]] SweepForm form() const;
  void take(const Result<std::shared_ptr<const CsvText>>& table);
  void draw();
  void show_busy();

  Session& session_;
  QString command_{};  ///< that wrote the rows in the table
  QString file_{};     ///< that they were read from instead
  QComboBox* kind_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QPushButton* run_ = nullptr;
  QPushButton* cancel_ = nullptr;
  FigurePanel* chart_ = nullptr;
  ResultsPanel* table_ = nullptr;
  Job job_{};
  Job drawing_{};
};

}  // namespace roofcast::gui
