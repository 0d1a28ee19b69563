// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/results_panel.hpp"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "gui/figure_export.hpp"
#include "gui/models/csv_table_model.hpp"
#include "gui/panels/spent_undo.hpp"
#include "gui/text.hpp"
#include "hwmodels/file_output.hpp"

namespace roofcast::gui {
namespace {

constexpr std::size_t kSmall = 2000;  ///< rows that are ordered before anyone can see it

/// Says the same in every row that is looked at, or only numbers them.
bool says_nothing(const CsvText& table, std::size_t column) {
  if (table.header()[column] == "schema" || table.header()[column] == "point") return true;
  const std::size_t stride = std::max<std::size_t>(1, table.records() / kSmall);
  for (std::size_t r = stride; r < table.records(); r += stride)
    if (table.cell(r, column) != table.cell(0, column)) return false;
  return table.records() > 1;
}

}  // namespace

ResultsPanel::ResultsPanel(QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  auto* bar = new QHBoxLayout;
  bar->setContentsMargins(6, 2, 6, 0);
  filter_ = new QLineEdit(this);
  filter_->setPlaceholderText(tr("Filter rows"));
  filter_->setAccessibleName(tr("Filter rows"));
  filter_->setClearButtonEnabled(true);
  filter_->setMaximumWidth(260);
  pass_spent_undo(*filter_);
  count_ = new QLabel(this);
  auto* save = new QToolButton(this);
  save->setText(tr("Save CSV…"));
  save->setAutoRaise(true);
  bar->addWidget(filter_, 1);
  bar->addWidget(count_);
  all_columns_ = new QToolButton(this);
  all_columns_->setText(tr("All columns"));
  all_columns_->setCheckable(true);
  all_columns_->setAutoRaise(true);
  all_columns_->setToolTip(tr("Also those that are the same in every row"));
  bar->addWidget(all_columns_);
  bar->addStretch(1);
  bar->addWidget(save);
  column->addLayout(bar);
  model_ = new CsvTableModel(this);
  view_ = new QTableView(this);
  view_->setObjectName("results_table");
  view_->setAccessibleName(tr("Results"));
  view_->setModel(model_);
  view_->setSelectionBehavior(QAbstractItemView::SelectRows);
  view_->setSelectionMode(QAbstractItemView::SingleSelection);
  view_->setAlternatingRowColors(true);
  view_->setWordWrap(false);
  view_->setFrameShape(QFrame::NoFrame);
  view_->verticalHeader()->setDefaultSectionSize(view_->fontMetrics().height() + 6);
  view_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  view_->horizontalHeader()->setResizeContentsPrecision(60);
  view_->horizontalHeader()->setSectionsClickable(true);
  view_->horizontalHeader()->setHighlightSections(false);
  column->addWidget(view_, 1);
  connect(save, &QToolButton::clicked, this, &ResultsPanel::exportTable);
  connect(all_columns_, &QToolButton::toggled, this, &ResultsPanel::show_columns);
  connect(filter_, &QLineEdit::textChanged, this, &ResultsPanel::order);
  connect(view_->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
    descending_ = section == column_ && !descending_;
    column_ = section;
    view_->horizontalHeader()->setSortIndicatorShown(true);
    view_->horizontalHeader()->setSortIndicator(section, descending_ ? Qt::DescendingOrder : Qt::AscendingOrder);
    order();
  });
  connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
    if (!now.isValid()) return;
    current_ = model_->record(now.row());
    emit recordSelected(*current_);
  });
}

void ResultsPanel::setTable(std::shared_ptr<const CsvText> table) {
  const bool same_columns = table && table->header() == header_;
  header_ = table ? table->header() : std::vector<std::string>{};
  if (!same_columns) column_ = -1;
  const QSignalBlocker quiet(view_->selectionModel());
  model_->setTable(std::move(table));
  show_columns();
  if (!same_columns) {
    view_->horizontalHeader()->setSortIndicatorShown(false);
  }
  order();
}

void ResultsPanel::show_columns() {
  const auto table = model_->table();
  if (!table) return;
  for (int c = 0; c < model_->columnCount(); ++c)
    view_->setColumnHidden(c, !all_columns_->isChecked() && says_nothing(*table, static_cast<std::size_t>(c)));
  view_->resizeColumnsToContents();
}

void ResultsPanel::order() {
  const auto table = model_->table();
  if (!table) return show_count();
  if (column_ < 0 && filter_->text().isEmpty()) {
    ordering_.cancel();
    if (model_->rowCount() != static_cast<int>(table->records())) model_->setTable(table);
    show_count();
    return setCurrentRecord(current_);
  }
  const auto take = [this](std::vector<std::uint32_t> records) {
    const QSignalBlocker quiet(view_->selectionModel());
    model_->setOrder(std::move(records));
    show_count();
    setCurrentRecord(current_);
  };
  const std::string filter = utf8(filter_->text());
  if (table->records() <= kSmall) return take(ordered_records(*table, filter, column_, descending_, {}));
  count_->setText(tr("Sorting…"));
  ordering_.start([table, filter, column = column_, descending = descending_, take](JobControl& control) {
    auto records = ordered_records(*table, filter, column, descending, control);
    return [take, records = std::move(records)] { take(records); };
  });
}

void ResultsPanel::show_count() {
  const QLocale locale;
  const int shown = model_->rowCount();
  const auto all = model_->table() ? static_cast<int>(model_->table()->records()) : 0;
  count_->setText(shown == all ? tr("%1 rows").arg(locale.toString(all))
                               : tr("%1 of %2 rows").arg(locale.toString(shown), locale.toString(all)));
}

void ResultsPanel::setCurrentRecord(std::optional<std::size_t> record) {
  current_ = record;
  const auto row = record ? model_->row(*record) : std::nullopt;
  const QSignalBlocker quiet(view_->selectionModel());
  if (!row) {
    view_->clearSelection();
    return;
  }
  view_->selectionModel()->setCurrentIndex(model_->index(*row, std::max(0, view_->currentIndex().column())),
                                           QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  view_->scrollTo(model_->index(*row, 0));
  view_->viewport()->update();
}

void ResultsPanel::exportTable() {
  const auto table = model_->table();
  if (!table) return;
  const QString file = wanted_file(this, tr("Save results"), "results.csv", tr("CSV (*.csv)"));
  if (file.isEmpty()) return;
  if (const auto done = write_file_atomically(utf8(file), table->sample(table->records())); !done)
    emit failed(done.error());
}

}  // namespace roofcast::gui
