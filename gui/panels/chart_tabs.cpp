// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/chart_tabs.hpp"

#include <QVBoxLayout>

#include "gui/figure_selection.hpp"
#include "gui/panels/figure_panel.hpp"
#include "gui/panels/memory_controls.hpp"
#include "gui/panels/plan_panel.hpp"
#include "gui/panels/results_panel.hpp"
#include "gui/panels/sweep_panel.hpp"
#include "gui/panels/validate_panel.hpp"
#include "gui/session.hpp"
#include "gui/text.hpp"
#include "hwmodels/scenario_command.hpp"

namespace roofcast::gui {

ChartTabs::ChartTabs(Session& session, QWidget* parent) : QTabWidget(parent), session_{session} {
  setDocumentMode(true);
  setObjectName("tabs");
  add_chart(tr("Limits"), tr("Largest concurrency against context"));
  add_chart(tr("Throughput"), tr("Tokens per second against concurrency"));
  add_chart(tr("Pareto"), tr("Throughput of a GPU against speed for a user, over layouts"));
  add_chart(tr("Roofline"), tr("Operators under the roofs of the hardware"));
  add_chart(tr("Memory"), tr("Where the memory of a GPU goes"));
  validate_ = new ValidatePanel(session.roots(), this);
  sweep_ = new SweepPanel(session, this);
  setTabToolTip(addTab(validate_, tr("Validate")), tr("Measured rows beside predictions"));
  setTabToolTip(addTab(sweep_, tr("Sweep")), tr("Many points: run a sweep, or open one"));
  plan_ = new PlanPanel(session, this);
  setTabToolTip(addTab(plan_, tr("Plan")), tr("Deployments that serve a demand"));
  connect(plan_, &PlanPanel::failed, this, &ChartTabs::failed);
  connect(validate_, &ValidatePanel::measuredOpened, &session, &Session::set_measured);
  connect(plan_, &PlanPanel::commandChanged, this, &ChartTabs::commandChanged);
  connect(sweep_, &SweepPanel::commandChanged, this, &ChartTabs::commandChanged);
  connect(validate_, &ValidatePanel::commandChanged, this, &ChartTabs::commandChanged);
  connect(validate_, &ValidatePanel::failed, this, &ChartTabs::failed);
  connect(sweep_, &SweepPanel::failed, this, &ChartTabs::failed);
  connect(&session, &Session::answered, this, &ChartTabs::show_answer);
  connect(&session, &Session::selectionChanged, this, &ChartTabs::mark_selection);
  connect(this, &QTabWidget::currentChanged, this, [this] {
    emit commandChanged();
    if (onScenario()) session_.show_chart(static_cast<ChartKind>(currentIndex()));
  });
}

void ChartTabs::add_chart(const QString& title, const QString& about) {
  auto* panel = new FigurePanel(this);
  panel->setMessage(tr("Choose a model and a GPU."));
  charts_.push_back(panel);
  QWidget* page = panel;
  if (charts_.size() - 1 == static_cast<std::size_t>(ChartKind::memory)) {
    page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(panel, 1);
    column->addWidget(new MemoryControls(session_, page));
  }
  setTabToolTip(addTab(page, title), about);
  connect(panel, &FigurePanel::failed, this, &ChartTabs::failed);
  connect(panel, &FigurePanel::pointClicked, this, &ChartTabs::select);
}

FigurePanel* ChartTabs::current() {
  if (onScenario()) return charts_[static_cast<std::size_t>(currentIndex())];
  if (currentWidget() == plan_) return &plan_->chart();
  return currentWidget() == sweep_ ? &sweep_->chart() : &validate_->chart();
}

ResultsPanel* ChartTabs::currentTable() {
  if (onScenario()) return nullptr;
  if (currentWidget() == plan_) return &plan_->table();
  return currentWidget() == sweep_ ? &sweep_->table() : &validate_->rows();
}

QString ChartTabs::command() const {
  if (currentWidget() == plan_) return plan_->command();
  if (currentWidget() == sweep_) return sweep_->command();
  if (currentWidget() == validate_) return validate_->command();
  return session_.state() == SessionState{} ? QString() : text(command_line(session_.document()));
}

void ChartTabs::show_answer() {
  const QString reason =
      session_.stale() ? tr("The last good result. Now: %1").arg(text(session_.errors().front())) : QString();
  for (auto* panel : charts_) {
    if (panel->figure())
      panel->setStale(reason);
    else if (session_.stale())
      panel->setMessage(text(session_.errors().front()));
  }
  const auto& answer = session_.answer();
  if (!answer && !session_.stale())
    for (auto* panel : charts_) panel->setMessage(tr("Choose a model and a GPU."));
  if (session_.stale() || !answer) return;
  FigurePanel& panel = chart(answer->question.chart);
  if (!answer->figure) return panel.setMessage(text(answer->figure.error().front()));
  if (panel.figure() != *answer->figure) panel.setFigure(*answer->figure);
  panel.setStale({});
  mark_selection();
}

void ChartTabs::mark_selection() {
  const auto& answer = session_.answer();
  if (!answer || !answer->figure) return;
  FigurePanel& panel = chart(answer->question.chart);
  for (std::size_t pane = 0; pane < answer->figure->panes.size(); ++pane)
    panel.setMarked(pane,
                    session_.selection() ? places_of(*answer, *session_.selection(), pane) : std::vector<PointPlace>{});
}

void ChartTabs::select(int pane, int series, int index) {
  const auto& answer = session_.answer();
  if (!answer || pane < 0 || series < 0 || index < 0) return;
  const PointPlace place{static_cast<std::size_t>(series), static_cast<std::size_t>(index)};
  if (auto selection = selection_at(*answer, static_cast<std::size_t>(pane), place)) session_.select(selection);
}

}  // namespace roofcast::gui
