// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/measured_row.hpp"
#include "core/result.hpp"
#include "gui/job.hpp"
#include "hwmodels/preset_roots.hpp"

class QLabel;
class QProgressBar;
class QTabWidget;
class QToolButton;

namespace roofcast::gui {

class FigurePanel;
class ResultsPanel;
struct ValidationView;

/// A measurement file beside its predictions: parity chart, errors by group, worst rows.
class ValidatePanel : public QWidget {
  Q_OBJECT

 public:
  explicit ValidatePanel(PresetRoots roots, QWidget* parent = nullptr);

  void open(const QString& file);
  void cancel() { job_.cancel(); }
  [[nodiscard]] bool busy() const { return job_.running(); }
  [[nodiscard]] FigurePanel& chart() { return *chart_; }
  [[nodiscard]] ResultsPanel& rows() { return *rows_; }
  [[nodiscard]] ResultsPanel& scores() { return *scores_; }
  /// What prints the scores that are shown; empty before a file is open.
  [[nodiscard]] QString command() const;

 signals:
  void measuredOpened(std::shared_ptr<const std::vector<roofcast::MeasuredRow>> rows);
  void openWanted();
  void commandChanged();
  void failed(const roofcast::Errors& errors);

 private:
  void take(const ValidationView& view, const QString& file);

  PresetRoots roots_{};
  QString file_{};  ///< that the tables are of
  QLabel* summary_ = nullptr;
  QProgressBar* busy_ = nullptr;
  QToolButton* cancel_ = nullptr;
  FigurePanel* chart_ = nullptr;
  QTabWidget* tables_ = nullptr;
  ResultsPanel* scores_ = nullptr;
  ResultsPanel* worst_ = nullptr;
  ResultsPanel* rows_ = nullptr;
  Job job_{};
};

}  // namespace roofcast::gui
