// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <optional>
#include <string_view>

#include "core/estimate.hpp"

namespace roofcast::gui {

/// The operators of a step: what each takes of it and which roof holds it.
class OperatorModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kName, kTime, kShare, kBound, kIntensity, kBytes, kColumns };
  static constexpr int kShareRole = Qt::UserRole;  ///< 0..1

  using QAbstractTableModel::QAbstractTableModel;

  /// `title`: of the column of names.
  void setStep(std::optional<Step> step, const QString& title);
  /// The row of an operator, the `nth` of those of one name; nothing where the step has none.
  [[nodiscard]] std::optional<int> row(std::string_view name, int nth = 0) const;
  /// Rows of the same name above this one.
  [[nodiscard]] int nth(int row) const;
  /// @pre 0 <= row < rowCount()
  [[nodiscard]] std::string_view name(int row) const { return step_->parts[static_cast<std::size_t>(row)].name; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::optional<Step> step_{};
  QString title_{};
};

}  // namespace roofcast::gui
