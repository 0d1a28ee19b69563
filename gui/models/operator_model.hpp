// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <optional>

#include "core/estimate.hpp"

namespace roofcast::gui {

/// The operators of a decode step: what each takes of it and which roof holds it.
class OperatorModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kName, kTime, kShare, kBound, kIntensity, kBytes, kColumns };
  static constexpr int kShareRole = Qt::UserRole;  ///< 0..1

  using QAbstractTableModel::QAbstractTableModel;

  void setStep(std::optional<Step> step);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::optional<Step> step_{};
};

}  // namespace roofcast::gui
