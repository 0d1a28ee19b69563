// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "gui/job.hpp"
#include "gui/models/csv_text.hpp"

class QLabel;
class QLineEdit;
class QTableView;
class QToolButton;

namespace roofcast::gui {

class CsvTableModel;

/// A table that is sorted by its headers and filtered by a text, and saved as the CSV it is. Order is found off the
/// GUI thread, so that a million rows do not hold it up.
class ResultsPanel : public QWidget {
  Q_OBJECT

 public:
  explicit ResultsPanel(QWidget* parent = nullptr);

  void setTable(std::shared_ptr<const CsvText> table);
  void setCurrentRecord(std::optional<std::size_t> record);
  [[nodiscard]] CsvTableModel& model() { return *model_; }
  [[nodiscard]] QTableView& view() { return *view_; }

 public slots:
  void exportTable();

 signals:
  void recordSelected(std::size_t record);
  void failed(const roofcast::Errors& errors);

 private:
  void order();
  void show_count();
  void show_columns();

  CsvTableModel* model_ = nullptr;
  QTableView* view_ = nullptr;
  QLineEdit* filter_ = nullptr;
  QLabel* count_ = nullptr;
  QToolButton* all_columns_ = nullptr;
  int column_ = -1;
  bool descending_ = false;
  std::vector<std::string> header_{};
  std::optional<std::size_t> current_{};
  Job ordering_{};
};

}  // namespace roofcast::gui
