// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/csv_table_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

/// Numbers as people read them: five digits say more than seventeen. The tool tip has what the file says.
QString shown(const std::string& cell, const std::optional<double>& number) {
  if (!number || cell.size() <= 8) return text(cell);
  return text(fmt::format("{:.5g}", *number));
}

}  // namespace

void CsvTableModel::setTable(std::shared_ptr<const CsvText> table) {
  beginResetModel();
  table_ = std::move(table);
  order_.resize(table_ ? table_->records() : 0);
  std::iota(order_.begin(), order_.end(), 0U);
  endResetModel();
}

void CsvTableModel::setOrder(std::vector<std::uint32_t> order) {
  beginResetModel();
  order_ = std::move(order);
  endResetModel();
}

std::optional<int> CsvTableModel::row(std::size_t record) const {
  const auto it = std::ranges::find(order_, static_cast<std::uint32_t>(record));
  return it == order_.end() ? std::nullopt : std::optional{static_cast<int>(it - order_.begin())};
}

int CsvTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(order_.size());
}

int CsvTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() || !table_ ? 0 : static_cast<int>(table_->header().size());
}

QVariant CsvTableModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::TextAlignmentRole) return {};
  const auto cell = table_->cell(record(index.row()), static_cast<std::size_t>(index.column()));
  const auto number = table_->number(record(index.row()), static_cast<std::size_t>(index.column()));
  if (role == Qt::DisplayRole) return shown(cell, number);
  if (role == Qt::ToolTipRole) return text(cell);
  return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft)));
}

QVariant CsvTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  const bool inside = section >= 0 && section < (orientation == Qt::Horizontal ? columnCount() : rowCount());
  if (!inside || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) return {};
  if (orientation == Qt::Vertical) return QString::number(record(section) + 1);
  return text(table_->header()[static_cast<std::size_t>(section)]);
}

}  // namespace roofcast::gui
