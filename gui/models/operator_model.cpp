// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/operator_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/quantity_text.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

std::string intensity_text(const Cost& cost) {
  return cost.bytes > Bytes{} ? format_intensity(intensity(cost)) : "-";
}

std::string bytes_text(const Cost& cost) {
  return format_bytes(cost.bytes > Bytes{} ? cost.bytes : cost.network);
}

}  // namespace

void OperatorModel::setStep(std::optional<Step> step, const QString& title) {
  beginResetModel();
  step_ = std::move(step);
  title_ = title;
  endResetModel();
}

std::optional<int> OperatorModel::row(std::string_view name, int nth) const {
  for (int row = 0; row < rowCount(); ++row)
    if (this->name(row) == name && nth-- == 0) return row;
  return {};
}

int OperatorModel::nth(int row) const {
  int above = 0;
  for (int other = 0; other < row; ++other) above += name(other) == name(row) ? 1 : 0;
  return above;
}

int OperatorModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !step_ ? 0 : static_cast<int>(step_->parts.size());
}

int OperatorModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant OperatorModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const StepPart& part = step_->parts[static_cast<std::size_t>(index.row())];
  const double share = part.timed.time / step_->time();
  if (role == kShareRole) return share;
  if (role == Qt::TextAlignmentRole)
    return QVariant::fromValue(Qt::Alignment(
        Qt::AlignVCenter | (index.column() == kName || index.column() == kBound ? Qt::AlignLeft : Qt::AlignRight)));
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  switch (index.column()) {
    case kName:
      return role == Qt::ToolTipRole
                 ? tr("%1, %2 layers, %3, %4")
                       .arg(text(part.name))
                       .arg(part.count)
                       .arg(text(bytes_text(part.traffic.cost())), text(intensity_text(part.traffic.cost())))
                 : text(part.name);
    case kTime:
      return text(format_seconds(part.timed.time));
    case kShare:
      return text(fmt::format("{:.1f}%", 100 * share));
    case kBound:
      return text(roofcast::name(part.timed.bound));
    case kIntensity:
      return text(intensity_text(part.traffic.cost()));
    default:
      return text(bytes_text(part.traffic.cost()));
  }
}

QVariant OperatorModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case kName:
      return title_;
    case kTime:
      return tr("time");
    case kShare:
      return tr("share");
    case kBound:
      return tr("roof");
    case kIntensity:
      return tr("FLOP/B");
    case kBytes:
      return tr("bytes");
    default:
      return {};
  }
}

}  // namespace roofcast::gui
