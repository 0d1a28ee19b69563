// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/scenario_panel.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/quantity_text.hpp"
#include "gui/palette_theme.hpp"
#include "gui/panels/preset_picks.hpp"
#include "gui/panels/scenario_form.hpp"
#include "gui/session.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

QLabel* small_label(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setWordWrap(true);
  label->setVisible(false);
  QFont font = label->font();
  font.setPointSizeF(font.pointSizeF() * 0.9);
  label->setFont(font);
  return label;
}

void show_in(QLabel* label, const QString& line) {
  label->setText(line);
  label->setVisible(!line.isEmpty());
}

/// What stands at a field: its own errors, those of its flag, and those of the key in a file that it names.
QString problem_of(const FieldEdit& edit, const Errors& errors) {
  const auto place = edit.field().place();
  for (const auto& e : errors)
    if (e.where == place) return e.hint.empty() ? text(e.what) : text(e.what) + ": " + text(e.hint);
  return {};
}

}  // namespace

ScenarioPanel::ScenarioPanel(Session& session, QWidget* parent) : QScrollArea(parent), session_{session} {
  setObjectName("scenario_panel");
  setWidgetResizable(true);
  setFrameShape(NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* form = new QWidget(this);
  auto* column = new QVBoxLayout(form);
  column->setContentsMargins(8, 4, 8, 8);
  column->setSpacing(4);
  for (const auto& group : scenario_form()) add_group(group, column);
  notes_ = small_label(form);
  column->addWidget(notes_);
  column->addStretch();
  setWidget(form);
  setMinimumWidth(form->minimumSizeHint().width() + 12);
  edit(&ScenarioDocument::weight_dtype)->setPicks(weight_picks());
  edit(&ScenarioDocument::kv_dtype)->setPicks(kv_picks());
  edit(&ScenarioDocument::calibration)->setPicks({{"auto", tr("shipped fits")}, {"none", tr("datasheet roofs alone")}});
  connect(&session, &Session::stateChanged, this, &ScenarioPanel::show_state);
  connect(&session, &Session::answered, this, &ScenarioPanel::show_answer);
  load_picks();
  tint_problems();
  show_state();
}

void ScenarioPanel::tint_problems() {
  QPalette red = palette();
  red.setColor(QPalette::WindowText, problem_colour(palette()));
  for (const auto& row : rows_) row.problem->setPalette(red);
}

void ScenarioPanel::changeEvent(QEvent* event) {
  QScrollArea::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) tint_problems();
}

void ScenarioPanel::add_group(const FormGroup& group, QVBoxLayout* column) {
  auto* head = new QToolButton(this);
  head->setText(group.title);
  head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  head->setArrowType(group.open ? Qt::DownArrow : Qt::RightArrow);
  head->setAutoRaise(true);
  head->setAccessibleDescription(tr("Folds the fields below"));
  QFont font = head->font();
  font.setBold(true);
  head->setFont(font);
  column->addWidget(head);
  auto* body = new QWidget(this);
  auto* rows = new QVBoxLayout(body);
  rows->setContentsMargins(4, 0, 0, 4);
  rows->setSpacing(4);
  for (const auto& form_row : group.rows) {
    Row row;
    auto* line = new QHBoxLayout;
    line->setSpacing(6);
    for (const auto& form : form_row) {
      auto* edit = new FieldEdit(form, body);
      connect(edit, &FieldEdit::edited, this, [this, edit](const QString& t) { session_.edit(edit->field().text, t); });
      connect(edit, &FieldEdit::finished, &session_, &Session::end_edit);
      line->addWidget(edit, 1);
      row.edits.push_back(edit);
      const bool model = form.text == &ScenarioDocument::model;
      if (!model && form.text != &ScenarioDocument::hardware) continue;
      auto* open = new QToolButton(body);
      open->setText("…");
      open->setToolTip(model ? tr("Open a config.json, GGUF or model file") : tr("Open a hardware profile"));
      open->setAccessibleName(open->toolTip());
      connect(open, &QToolButton::clicked, this,
              model ? &ScenarioPanel::modelFileWanted : &ScenarioPanel::hardwareFileWanted);
      line->addWidget(open, 0, Qt::AlignBottom);
    }
    rows->addLayout(line);
    row.problem = small_label(body);
    rows->addWidget(row.problem);
    if (form_row.front().text == &ScenarioDocument::attention) {
      cache_ = small_label(body);
      cache_->setObjectName("cache_label");
      rows->addWidget(cache_);
    }
    rows_.push_back(std::move(row));
  }
  body->setVisible(group.open);
  connect(head, &QToolButton::clicked, body, [head, body] {
    body->setVisible(body->isHidden());
    head->setArrowType(body->isHidden() ? Qt::RightArrow : Qt::DownArrow);
  });
  column->addWidget(body);
}

FieldEdit* ScenarioPanel::edit(ScenarioText ScenarioDocument::*field) const {
  for (const auto& row : rows_)
    for (auto* edit : row.edits)
      if (edit->field().text == field) return edit;
  return nullptr;
}

bool ScenarioPanel::focusField(const QString& place) {
  for (const auto& row : rows_)
    for (auto* edit : row.edits) {
      if (text(edit->field().place()) != place) continue;
      edit->setFocus(Qt::OtherFocusReason);
      ensureWidgetVisible(edit);
      return true;
    }
  return false;
}

void ScenarioPanel::load_picks() {
  listing_.start([this, roots = session_.roots()](JobControl&) -> std::function<void()> {
    return [this, picks = preset_picks(roots)] { take(picks); };
  });
}

void ScenarioPanel::take(const PresetPicks& picks) {
  edit(&ScenarioDocument::model)->setPicks(picks.models);
  edit(&ScenarioDocument::draft_model)->setPicks(picks.models);
  edit(&ScenarioDocument::hardware)->setPicks(picks.devices);
  edit(&ScenarioDocument::engine)->setPicks(picks.engines);
}

void ScenarioPanel::show_state() {
  for (const auto& row : rows_)
    for (auto* edit : row.edits) edit->show_text(session_.document().*(edit->field().text));
  show_cache();
}

/// Of what is typed now, or nothing.
void ScenarioPanel::show_cache() {
  const auto& answer = session_.latest();
  if (!answer || !answer->kv_per_token || session_.state() == SessionState{}) return show_in(cache_, {});
  QString words = tr("KV %1 per token").arg(text(format_bytes(*answer->kv_per_token)));
  if (answer->estimate)
    words += tr(", %1 on each GPU").arg(text(format_bytes(answer->estimate->cache.per_token_per_gpu)));
  show_in(cache_, words);
}

void ScenarioPanel::show_answer() {
  for (const auto& row : rows_) {
    QStringList problems;
    for (auto* edit : row.edits) {
      edit->setProblem(problem_of(*edit, session_.errors()));
      if (!edit->problem().isEmpty())
        problems << (row.edits.size() > 1 ? QString(edit->title()).remove('&') + ": " + edit->problem()
                                          : edit->problem());
    }
    show_in(row.problem, problems.join('\n'));
  }
  show_cache();
  const auto& answer = session_.latest();
  if (!answer) return;
  std::vector<Pick> variants;
  for (const auto& choice : answer->attentions) variants.push_back({text(choice.word), text(choice.cache)});
  edit(&ScenarioDocument::attention)->setPicks(variants);
  QStringList notes;
  for (const auto& note : answer->notes) notes << text(note);
  show_in(notes_, notes.join('\n'));
}

}  // namespace roofcast::gui
