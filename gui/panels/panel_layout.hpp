// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QHBoxLayout;
class QSplitter;
class QVBoxLayout;
class QWidget;

namespace roofcast::gui {

/// The column of a panel that fills its tab.
[[nodiscard]] QVBoxLayout* panel_column(QWidget& panel);

/// A row of fields at the top of it.
[[nodiscard]] QHBoxLayout* field_row();

/// Puts the field into the row with its title above it.
void add_titled(QHBoxLayout& row, const QString& title, QWidget& field, int stretch);

/// A chart above tables, three times as high.
[[nodiscard]] QSplitter* chart_above(QWidget& chart, QWidget& tables, QWidget& panel);

}  // namespace roofcast::gui
