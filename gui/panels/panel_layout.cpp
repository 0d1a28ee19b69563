// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/panel_layout.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace roofcast::gui {

QVBoxLayout* panel_column(QWidget& panel) {
  auto* column = new QVBoxLayout(&panel);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  return column;
}

QHBoxLayout* field_row() {
  auto* row = new QHBoxLayout;
  row->setContentsMargins(6, 4, 6, 0);
  return row;
}

void add_titled(QHBoxLayout& row, const QString& title, QWidget& field, int stretch) {
  auto* cell = new QVBoxLayout;
  cell->setSpacing(1);
  auto* label = new QLabel(title, field.parentWidget());
  label->setBuddy(&field);
  cell->addWidget(label);
  cell->addWidget(&field);
  row.addLayout(cell, stretch);
}

QSplitter* chart_above(QWidget& chart, QWidget& tables, QWidget& panel) {
  auto* split = new QSplitter(Qt::Vertical, &panel);
  split->addWidget(&chart);
  split->addWidget(&tables);
  split->setStretchFactor(0, 3);
  split->setStretchFactor(1, 1);
  split->setSizes({600, 200});
  return split;
}

}  // namespace roofcast::gui
