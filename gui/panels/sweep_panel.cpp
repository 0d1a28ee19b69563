// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/sweep_panel.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QToolBar>
#include <QVBoxLayout>
#include <utility>

#include "core/shell_quoted.hpp"
#include "gui/models/csv_table_model.hpp"
#include "gui/panels/figure_panel.hpp"
#include "gui/panels/panel_layout.hpp"
#include "gui/panels/results_panel.hpp"
#include "gui/panels/spent_undo.hpp"
#include "gui/session.hpp"
#include "gui/sweep_view.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

struct Axis {
  const char* flag;
  const char* title;
  const char* first;
};
constexpr Axis kAxes[] = {{"batch", QT_TR_NOOP("Batch"), "1..256:x2"},
                          {"context", QT_TR_NOOP("Context"), "4Ki..32Ki:x2"},
                          {"tp", QT_TR_NOOP("TP"), ""},
                          {"attention", QT_TR_NOOP("Attention"), ""},
                          {"hardware", QT_TR_NOOP("Hardware"), ""}};

}  // namespace

SweepPanel::SweepPanel(Session& session, QWidget* parent) : QWidget(parent), session_{session} {
  auto* column = panel_column(*this);
  auto* form = field_row();
  for (const auto& axis : kAxes) {
    auto* line = new QLineEdit(axis.first, this);
    line->setObjectName(QString("axis_") + axis.flag);
    line->setPlaceholderText(tr("scenario's"));
    line->setToolTip(tr("Values as in roofcast sweep: 1,2,4  1..256:x2  512..4096:512; names: a,b"));
    line->setAccessibleName(tr("Axis %1").arg(tr(axis.title)));
    line->setMinimumWidth(40);
    line->setCursorPosition(0);
    add_titled(*form, tr(axis.title), *line, 1);
    pass_spent_undo(*line);
    connect(line, &QLineEdit::returnPressed, this, &SweepPanel::run);
    connect(line, &QLineEdit::textChanged, this, &SweepPanel::commandChanged);
  }
  run_ = new QPushButton(tr("&Run"), this);
  run_->setMinimumWidth(40);
  cancel_ = new QPushButton(tr("Cancel"), this);
  auto* open_button = new QPushButton(tr("Open CS&V…"), this);
  progress_ = new QProgressBar(this);
  progress_->setRange(0, 1000);
  progress_->setFixedWidth(60);
  for (QWidget* w : std::initializer_list<QWidget*>{run_, cancel_, open_button, progress_})
    form->addWidget(w, 0, Qt::AlignBottom);
  column->addLayout(form);
  chart_ = new FigurePanel(this);
  chart_->setMessage(tr("Run a sweep of the scenario, or open the CSV of one."));
  kind_ = new QComboBox(this);
  kind_->setObjectName("kind");
  kind_->setAccessibleName(tr("Kind of chart"));
  kind_->addItems({tr("Throughput"), tr("Limits"), tr("Pareto"), tr("Memory"), tr("Roofline")});
  chart_->tools().insertWidget(chart_->tools().actions().front(), kind_);
  table_ = new ResultsPanel(this);
  column->addWidget(chart_above(*chart_, *table_, *this), 1);
  connect(run_, &QPushButton::clicked, this, &SweepPanel::run);
  connect(cancel_, &QPushButton::clicked, this, &SweepPanel::cancel);
  connect(open_button, &QPushButton::clicked, this, &SweepPanel::openWanted);
  connect(kind_, &QComboBox::currentIndexChanged, this, &SweepPanel::draw);
  connect(chart_, &FigurePanel::failed, this, &SweepPanel::failed);
  connect(table_, &ResultsPanel::failed, this, &SweepPanel::failed);
  for (Job* job : {&job_, &drawing_}) connect(job, &Job::runningChanged, this, &SweepPanel::show_busy);
  connect(&job_, &Job::progressed, this, [this](double share) { progress_->setValue(static_cast<int>(share * 1000)); });
  show_busy();
}

QLineEdit* SweepPanel::axis(const QString& flag) const {
  return findChild<QLineEdit*>("axis_" + flag);
}

SweepForm SweepPanel::form() const {
  const auto typed = [this](const char* flag) { return utf8(axis(flag)->text().trimmed()); };
  return {.hardware = typed("hardware"),
          .attention = typed("attention"),
          .context = typed("context"),
          .batch = typed("batch"),
          .tp = typed("tp")};
}

QString SweepPanel::command() const {
  constexpr const char* kWords[] = {"throughput", "limits", "pareto", "memory", "roofline"};  // by SweepChart
  if (!file_.isEmpty())
    return QString("roofcast plot %1 --kind %2").arg(text(shell_quoted(utf8(file_))), kWords[kind_->currentIndex()]);
  if (!command_.isEmpty()) return command_;
  return session_.state() == SessionState{} ? QString() : text(sweep_command(form(), session_.document()));
}

void SweepPanel::run() {
  auto grid = sweep_grid(form(), session_.document(), session_.roots());
  if (!grid) return emit failed(grid.error());
  const QString asked = text(sweep_command(form(), session_.document()));
  job_.start([this, asked, grid = std::move(*grid)](JobControl& control) -> std::function<void()> {
    return [this, asked, table = swept_table(grid, control)] {
      command_ = asked;
      file_.clear();
      take(table);
    };
  });
}

void SweepPanel::open(const QString& file) {
  job_.start([this, file](JobControl& control) -> std::function<void()> {
    return [this, file, table = CsvText::read(file, control)] {
      if (table) file_ = file;
      take(table);
    };
  });
}

void SweepPanel::take(const Result<std::shared_ptr<const CsvText>>& table) {
  if (!table) return emit failed(table.error());
  table_->setTable(*table);
  draw();
}

void SweepPanel::draw() {
  emit commandChanged();
  const auto table = table_->model().table();
  if (!table) return;
  const auto kind = static_cast<SweepChart>(kind_->currentIndex());
  drawing_.start([this, table, kind, roots = session_.roots()](JobControl&) -> std::function<void()> {
    return [this, figure = table_figure(*table, kind, roots)] {
      if (figure)
        chart_->setFigure(*figure);
      else
        chart_->setMessage(text(figure.error().front()));
    };
  });
}

void SweepPanel::show_busy() {
  progress_->setVisible(busy());
  if (!busy()) progress_->setValue(0);
  cancel_->setVisible(job_.running());
  run_->setVisible(!job_.running());
}

}  // namespace roofcast::gui
