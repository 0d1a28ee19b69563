// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/field_edit.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "gui/palette_theme.hpp"
#include "gui/text.hpp"
#include "gui/typed_number.hpp"

namespace roofcast::gui {
namespace {

/// Nothing to choose from: a plain line.
bool is_typed(const ScenarioField& field) {
  using V = ScenarioValue;
  return field.value == V::amount || field.value == V::positive || field.value == V::size ||
         field.value == V::lengths || field.value == V::pools || field.value == V::routing ||
         field.value == V::overlap || field.value == V::price;
}

}  // namespace

FieldEdit::FieldEdit(const FormField& form, QWidget* parent)
    : QWidget(parent), field_{scenario_field(form.text)}, title_{form.title}, help_{form.help} {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(1);
  auto* label = new QLabel(form.title, this);
  column->addWidget(label);
  if (is_typed(field_)) {
    line_ = new QLineEdit(this);
    connect(line_, &QLineEdit::textEdited, this, &FieldEdit::take);
    column->addWidget(line_);
  } else {
    combo_ = new PickCombo(this);
    line_ = combo_->lineEdit();
    connect(combo_, &PickCombo::edited, this, &FieldEdit::take);
    column->addWidget(combo_);
  }
  QWidget* editor = combo_ != nullptr ? static_cast<QWidget*>(combo_) : line_;
  editor->setObjectName("field_" + text(field_.key()));
  editor->setAccessibleName(form.title);
  editor->setAccessibleDescription(form.help);
  editor->setToolTip(form.help);
  editor->setMinimumWidth(44);
  line_->setPlaceholderText(form.otherwise);
  label->setBuddy(editor);
  setFocusProxy(editor);
  editor->installEventFilter(this);
  connect(line_, &QLineEdit::editingFinished, this, &FieldEdit::finished);
}

/// The editor loses the focus while it goes, and would tell what is no FieldEdit any more.
FieldEdit::~FieldEdit() {
  line_->disconnect(this);
  if (combo_ != nullptr) combo_->disconnect(this);
}

QString FieldEdit::typed() const {
  return line_->text();
}

bool FieldEdit::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::ShortcutOverride) return QWidget::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  const bool undo = key->matches(QKeySequence::Undo) && !line_->isUndoAvailable();
  const bool redo = key->matches(QKeySequence::Redo) && !line_->isRedoAvailable();
  if (!undo && !redo) return QWidget::eventFilter(watched, event);
  event->ignore();  // a line would take the key even so, and do nothing with it
  return true;
}

void FieldEdit::take(const QString& typed) {
  emit edited(typed_number(field_, typed));
}

void FieldEdit::show_text(const ScenarioText& shown) {
  const QString wanted = text(shown.value_or(""));
  if (typed_number(field_, typed()) == wanted && line_->hasFocus()) return;
  if (combo_ != nullptr)
    combo_->setEditText(wanted);
  else if (line_->text() != wanted)
    line_->setText(wanted);
}

void FieldEdit::setPicks(const std::vector<Pick>& picks) {
  if (combo_ != nullptr) combo_->setPicks(picks);
}

void FieldEdit::setProblem(const QString& problem) {
  if (problem == problem_) return;
  problem_ = problem;
  QPalette marked;
  if (!problem.isEmpty()) {
    QColor tint = problem_colour(palette());
    marked.setColor(QPalette::Text, tint);
    tint.setAlphaF(0.14F);
    marked.setColor(QPalette::Base, tint);
  }
  line_->setPalette(marked);
  QWidget* editor = combo_ != nullptr ? static_cast<QWidget*>(combo_) : line_;
  editor->setToolTip(problem.isEmpty() ? help_ : problem);
  editor->setAccessibleDescription(problem.isEmpty() ? help_ : problem);
}

}  // namespace roofcast::gui
