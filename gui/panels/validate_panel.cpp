// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/validate_panel.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "gui/panels/figure_panel.hpp"
#include "gui/panels/panel_layout.hpp"
#include "gui/panels/results_panel.hpp"
#include "gui/text.hpp"
#include "gui/validation_view.hpp"

namespace roofcast::gui {

ValidatePanel::ValidatePanel(PresetRoots roots, QWidget* parent) : QWidget(parent), roots_{std::move(roots)} {
  auto* column = panel_column(*this);
  auto* bar = field_row();
  auto* open_button = new QPushButton(tr("Open &measurements…"), this);
  summary_ = new QLabel(tr("A CSV of measured rows, as roofcast bench writes it"), this);
  busy_ = new QProgressBar(this);
  busy_->setRange(0, 0);
  busy_->setMaximumWidth(140);
  cancel_ = new QToolButton(this);
  cancel_->setText(tr("Cancel"));
  bar->addWidget(open_button);
  bar->addWidget(summary_, 1);
  bar->addWidget(busy_);
  bar->addWidget(cancel_);
  column->addLayout(bar);
  chart_ = new FigurePanel(this);
  chart_->setMessage(tr("Open a measurement file to see predicted against measured."));
  tables_ = new QTabWidget(this);
  tables_->setDocumentMode(true);
  tables_->addTab(scores_ = new ResultsPanel(this), tr("Errors by group"));
  tables_->addTab(worst_ = new ResultsPanel(this), tr("Worst rows"));
  tables_->addTab(rows_ = new ResultsPanel(this), tr("All rows"));
  column->addWidget(chart_above(*chart_, *tables_, *this), 1);
  const auto show_busy = [this] {
    busy_->setVisible(job_.running());
    cancel_->setVisible(job_.running());
  };
  show_busy();
  connect(open_button, &QPushButton::clicked, this, &ValidatePanel::openWanted);
  connect(cancel_, &QToolButton::clicked, this, &ValidatePanel::cancel);
  connect(&job_, &Job::runningChanged, this, show_busy);
  for (auto* table : {scores_, worst_, rows_}) connect(table, &ResultsPanel::failed, this, &ValidatePanel::failed);
  connect(chart_, &FigurePanel::failed, this, &ValidatePanel::failed);
}

void ValidatePanel::open(const QString& file) {
  job_.start([this, file, roots = roots_](JobControl& control) -> std::function<void()> {
    auto view = validation_view(file, roots, control.stop.get_token());
    return [this, file, view = std::move(view)] {
      if (view)
        take(*view, file);
      else
        emit failed(view.error());
    };
  });
}

QString ValidatePanel::command() const {
  return file_.isEmpty() ? QString() : validate_command(file_);
}

void ValidatePanel::take(const ValidationView& view, const QString& file) {
  file_ = file;
  emit commandChanged();
  summary_->setText(view.summary);
  chart_->setFigure(view.parity);
  scores_->setTable(view.scores);
  worst_->setTable(view.worst);
  rows_->setTable(view.rows);
  emit measuredOpened(view.measured);
}

}  // namespace roofcast::gui
