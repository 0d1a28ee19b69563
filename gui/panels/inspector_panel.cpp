// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/inspector_panel.hpp"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "core/glossary.hpp"
#include "core/value_literal.hpp"
#include "core/verdict.hpp"
#include "gui/key_figures.hpp"
#include "gui/models/operator_model.hpp"
#include "gui/palette_theme.hpp"
#include "gui/session.hpp"
#include "gui/text.hpp"
#include "hwmodels/scenario_command.hpp"

namespace roofcast::gui {
namespace {

QString explained(const Term& term, const Explanation& x) {
  QStringList lines{text(term.formula), ""};
  for (const auto& number : x.numbers) lines << text(number);
  lines << "= " + text(x.result) + " (" + text(x.label) + ")"
        << "" << text(term.meaning) << text(term.page) + " (" + text(term.equation) + ")";
  return lines.join('\n');
}

QLabel* wrapped_label(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return label;
}

}  // namespace

InspectorPanel::InspectorPanel(Session& session, QWidget* parent) : QWidget(parent), session_{session} {
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  body_ = new QWidget(this);
  hint_ = wrapped_label(this);
  hint_->setText(tr("Verdict, operators and formulas of what is selected appear here."));
  hint_->setAlignment(Qt::AlignCenter);
  hint_->setForegroundRole(QPalette::PlaceholderText);
  hint_->setMargin(24);
  outer->addWidget(hint_, 1);
  outer->addWidget(body_, 1);
  body_->hide();
  auto* column = new QVBoxLayout(body_);
  column->setContentsMargins(8, 4, 8, 8);
  column->setSpacing(6);
  subject_ = wrapped_label(this);
  verdict_ = wrapped_label(this);
  verdict_->setObjectName("verdict");
  figures_ = wrapped_label(this);
  figures_->setObjectName("figures");
  operators_ = new OperatorModel(this);
  table_ = new QTableView(this);
  table_->setModel(operators_);
  table_->setAccessibleName(tr("Operators of the decode step"));
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 5);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setAlternatingRowColors(true);
  table_->setWordWrap(false);
  table_->setMinimumHeight(90);
  table_->setTextElideMode(Qt::ElideRight);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(OperatorModel::kName, QHeaderView::Stretch);
  table_->horizontalHeader()->setMinimumSectionSize(30);
  terms_ = new QComboBox(this);
  terms_->setObjectName("terms");
  terms_->setAccessibleName(tr("Formula of"));
  terms_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  for (const auto& term : glossary()) {
    terms_->addItem(text(term.name));
    terms_->setItemData(terms_->count() - 1, text(term.meaning), Qt::ToolTipRole);
  }
  terms_->setCurrentIndex(std::max(0, terms_->findText("step_ms")));
  formula_ = new QPlainTextEdit(this);
  formula_->setReadOnly(true);
  formula_->setAccessibleName(tr("Formula with its numbers"));
  formula_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  formula_->setMinimumHeight(70);
  auto* buttons = new QHBoxLayout;
  auto* pin = new QPushButton(tr("&Pin"), this);
  pin->setToolTip(tr("Keep this scenario beside what is edited next (Ctrl+P)"));
  auto* copy = new QPushButton(tr("Cop&y as CLI"), this);
  adopt_ = new QPushButton(tr("&Use"), this);
  adopt_->setToolTip(tr("Make the selected point the scenario"));
  for (auto* button : {pin, copy, adopt_}) {
    buttons->addWidget(button);
  }
  column->addWidget(subject_);
  column->addWidget(verdict_);
  column->addWidget(figures_);
  column->addWidget(table_, 3);
  column->addWidget(terms_);
  column->addWidget(formula_, 2);
  column->addLayout(buttons);
  connect(pin, &QPushButton::clicked, &session, &Session::pin);
  connect(adopt_, &QPushButton::clicked, &session, &Session::adopt_selection);
  connect(copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(command()); });
  connect(terms_, &QComboBox::currentIndexChanged, this, &InspectorPanel::show_formula);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &InspectorPanel::select_operator,
          Qt::QueuedConnection);  // the answer puts another step into the table
  connect(&session, &Session::answered, this, &InspectorPanel::show_answer);
  connect(&session, &Session::selectionChanged, this, &InspectorPanel::show_answer);
  show_answer();
}

QString InspectorPanel::command() const {
  const auto& selection = session_.selection();
  return text(command_line(selection ? selected_document(session_.state(), *selection) : session_.document()));
}

const Estimate* InspectorPanel::shown() const {
  const auto& answer = session_.answer();
  if (!answer) return nullptr;
  if (session_.selection()) return answer->selected ? &*answer->selected : nullptr;
  return answer->estimate ? &*answer->estimate : nullptr;
}

QString InspectorPanel::subject() const {
  const auto& answer = session_.answer();
  const auto& selection = session_.selection();
  if (!selection) return tr("The scenario");
  QString words = selection->scenario < answer->names.size() ? text(answer->names[selection->scenario]) : QString();
  if (selection->tp) words += tr(", TP %1").arg(*selection->tp);
  if (selection->batch) words += tr(", batch %1").arg(text(with_thousands(*selection->batch)));
  if (selection->op) words += tr(", %1").arg(text(selection->op->name));
  if (selection->context) words += tr(", %1 tokens").arg(text(with_thousands(*selection->context)));
  return words;
}

void InspectorPanel::show_answer() {
  adopt_->setEnabled(session_.selection().has_value());
  const auto& answer = session_.answer();
  body_->setVisible(answer && session_.state() != SessionState{});
  hint_->setVisible(body_->isHidden());
  if (!answer) return;
  subject_->setText("<b>" + subject().toHtmlEscaped() + "</b>");
  verdict_->setEnabled(!session_.stale());
  figures_->setEnabled(!session_.stale());
  table_->setEnabled(!session_.stale());
  if (const Estimate* e = shown())
    show_estimate(*e);
  else if (session_.selection() && !answer->selection_errors.empty())
    verdict_->setText(text(answer->selection_errors.front()));
  show_formula();
}

void InspectorPanel::show_estimate(const Estimate& e) {
  const Verdict v = verdict(e);
  QPalette tint = palette();
  tint.setColor(QPalette::WindowText, v.yes ? good_colour(palette()) : problem_colour(palette()));
  tint.setColor(QPalette::Disabled, QPalette::WindowText, palette().color(QPalette::Disabled, QPalette::WindowText));
  verdict_->setPalette(tint);
  verdict_->setText((v.yes ? tr("✔ YES: ") : tr("✘ NO: ")) + text(v.sentence));
  figures_->setText(figures_html(key_figures(e)));
  const auto& selection = session_.selection();
  const auto op = selection ? selection->op : std::nullopt;
  const bool prefill = op && op->phase == Phase::prefill;
  const QSignalBlocker quiet(table_->selectionModel());
  operators_->setStep(prefill ? e.prefill : e.decode, prefill ? tr("operator of the prefill") : tr("operator"));
  table_->setAccessibleName(prefill ? tr("Operators of the prefill") : tr("Operators of the decode step"));
  if (const auto row = op ? operators_->row(op->name, op->nth) : std::nullopt) {
    table_->setCurrentIndex(operators_->index(*row, 0));
    table_->scrollTo(operators_->index(*row, 0));
  }
  table_->viewport()->update();
}

void InspectorPanel::select_operator() {
  const auto rows = table_->selectionModel()->selectedRows();
  if (rows.isEmpty()) return;
  auto selection = session_.selection().value_or(Selection{});
  const Phase phase = selection.op ? selection.op->phase : Phase::decode;
  const int row = rows.front().row();
  selection.op =
      SelectedOperator{.phase = phase, .name = std::string(operators_->name(row)), .nth = operators_->nth(row)};
  session_.select(selection);
}

/// The verdict has a colour of the theme.
void InspectorPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && verdict_ != nullptr) show_answer();
}

void InspectorPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const bool narrow = width() < fontMetrics().horizontalAdvance('m') * 42;
  for (const int column : {OperatorModel::kIntensity, OperatorModel::kBytes}) table_->setColumnHidden(column, narrow);
}

void InspectorPanel::show_formula() {
  const Estimate* e = shown();
  const auto index = terms_->currentIndex();
  if (e == nullptr || index < 0) return;
  const Term& term = glossary()[static_cast<std::size_t>(index)];
  formula_->setPlainText(
      explained(term, term.of_estimate != nullptr ? term.of_estimate(*e) : term.of_scenario(e->scenario)));
}

}  // namespace roofcast::gui
