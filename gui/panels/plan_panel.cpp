// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/plan_panel.hpp"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>
#include <memory>
#include <utility>

#include "core/plan/plan_figure.hpp"
#include "core/plan/plan_records.hpp"
#include "core/plan/plan_verdict.hpp"
#include "gui/palette_theme.hpp"
#include "gui/panels/figure_panel.hpp"
#include "gui/panels/panel_layout.hpp"
#include "gui/panels/results_panel.hpp"
#include "gui/panels/spent_undo.hpp"
#include "gui/session.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {

PlanPanel::PlanPanel(Session& session, QWidget* parent) : QWidget(parent), session_{session} {
  auto* column = panel_column(*this);
  auto* form = field_row();
  amount_ = add_line(form, tr("Demand"), "10", {});
  amount_->setObjectName("demand");
  kind_ = add_choice(form, tr("of"), {tr("requests/s"), tr("users")});
  hardware_ = add_line(form, tr("Hardware"), {}, tr("scenario's, or a,b"));
  headroom_ = add_line(form, tr("Headroom"), {}, "0%");
  most_ = add_line(form, tr("Most GPUs"), {}, tr("any"));
  objective_ = add_choice(form, tr("Best by"), {tr("cost"), tr("GPUs"), tr("throughput"), tr("power")});
  run_ = new QPushButton(tr("&Run"), this);
  run_->setMinimumWidth(40);
  cancel_ = new QPushButton(tr("Cancel"), this);
  progress_ = new QProgressBar(this);
  progress_->setRange(0, 0);
  progress_->setTextVisible(false);
  progress_->setFixedHeight(4);
  auto keeps_place = progress_->sizePolicy();
  keeps_place.setRetainSizeWhenHidden(true);  // what is below does not jump
  progress_->setSizePolicy(keeps_place);
  cancel_->setMinimumWidth(50);
  for (QWidget* w : {run_, cancel_}) form->addWidget(w, 0, Qt::AlignBottom);
  column->addLayout(form);
  column->addWidget(progress_);
  verdict_ = new QLabel(this);
  verdict_->setWordWrap(true);
  verdict_->setMargin(6);
  verdict_->hide();
  column->addWidget(verdict_);
  chart_ = new FigurePanel(this);
  chart_->setMessage(
      tr("What has to be served? Model, lengths and SLOs are "
         "those of the scenario."));
  table_ = new ResultsPanel(this);
  column->addWidget(chart_above(*chart_, *table_, *this), 1);
  connect(run_, &QPushButton::clicked, this, &PlanPanel::run);
  connect(cancel_, &QPushButton::clicked, this, &PlanPanel::cancel);
  connect(&job_, &Job::runningChanged, this, &PlanPanel::show_busy);
  connect(chart_, &FigurePanel::failed, this, &PlanPanel::failed);
  connect(table_, &ResultsPanel::failed, this, &PlanPanel::failed);
  show_busy();
}

QLineEdit* PlanPanel::add_line(QHBoxLayout* form, const QString& title, const QString& first,
                               const QString& otherwise) {
  auto* line = new QLineEdit(first, this);
  line->setPlaceholderText(otherwise);
  line->setAccessibleName(title);
  line->setMinimumWidth(40);
  add_titled(*form, title, *line, 1);
  pass_spent_undo(*line);
  connect(line, &QLineEdit::returnPressed, this, &PlanPanel::run);
  connect(line, &QLineEdit::textChanged, this, &PlanPanel::commandChanged);
  return line;
}

QComboBox* PlanPanel::add_choice(QHBoxLayout* form, const QString& title, const QStringList& words) {
  auto* combo = new QComboBox(this);
  combo->addItems(words);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(6);
  combo->setMinimumWidth(76);
  combo->setAccessibleName(title);
  add_titled(*form, title, *combo, 0);
  connect(combo, &QComboBox::currentIndexChanged, this, &PlanPanel::commandChanged);
  return combo;
}

PlanForm PlanPanel::form() const {
  const auto typed = [](const QLineEdit* line) { return utf8(line->text().trimmed()); };
  return {.amount = typed(amount_),
          .kind = static_cast<Demand::Kind>(kind_->currentIndex()),
          .hardware = typed(hardware_),
          .headroom = typed(headroom_),
          .max_gpus = typed(most_),
          .objective = static_cast<Objective>(objective_->currentIndex())};
}

QString PlanPanel::command() const {
  if (!command_.isEmpty()) return command_;
  return session_.state() == SessionState{} ? QString() : text(plan_command(form(), session_.document()));
}

void PlanPanel::run() {
  auto request = plan_request(form(), session_.document(), session_.roots());
  if (!request) return emit failed(request.error());
  emit failed({});
  const QString asked = text(plan_command(form(), session_.document()));
  job_.start([this, asked, r = std::move(*request)](JobControl& control) -> std::function<void()> {
    auto found = std::make_shared<const Result<Plan>>(plan(r, control.stop.get_token()));
    return [this, asked, found] { take(*found, asked); };
  });
}

void PlanPanel::take(const Result<Plan>& plan, const QString& command) {
  if (!plan) return emit failed(plan.error());
  command_ = command;
  emit commandChanged();
  const Verdict v = verdict(*plan);
  yes_ = v.yes;
  tint_verdict();
  verdict_->setText((v.yes ? tr("✔ YES: ") : tr("✘ NO: ")) + text(v.sentence));
  verdict_->show();
  if (plan->rows.empty())
    chart_->setMessage(tr("No deployment serves this. The table says why, one by one."));
  else
    chart_->setFigure(plan_figure(*plan));
  table_->setTable(std::make_shared<const CsvText>(QByteArray::fromStdString(csv(plan_records(*plan)))));
}

void PlanPanel::tint_verdict() {
  QPalette tint = palette();
  tint.setColor(QPalette::WindowText, yes_ ? good_colour(palette()) : problem_colour(palette()));
  verdict_->setPalette(tint);
}

void PlanPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && verdict_ != nullptr) tint_verdict();
}

QString PlanPanel::verdictText() const {
  return verdict_->text();
}

void PlanPanel::show_busy() {
  progress_->setVisible(busy());
  cancel_->setVisible(busy());
  run_->setVisible(!busy());
}

}  // namespace roofcast::gui
