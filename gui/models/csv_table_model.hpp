// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "gui/models/csv_text.hpp"

namespace roofcast::gui {

/// Records of a CSV as a table. `order` says which of them, and in which order; sorting is done by who sets it.
class CsvTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;

  void setTable(std::shared_ptr<const CsvText> table);
  void setOrder(std::vector<std::uint32_t> order);
  [[nodiscard]] const std::shared_ptr<const CsvText>& table() const { return table_; }
  [[nodiscard]] std::size_t record(int row) const { return order_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] std::optional<int> row(std::size_t record) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::shared_ptr<const CsvText> table_{};
  std::vector<std::uint32_t> order_{};
};

}  // namespace roofcast::gui
