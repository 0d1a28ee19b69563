// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session.hpp"

#include <fmt/format.h>

#include <utility>

#include "gui/state_command.hpp"
#include "gui/text.hpp"
#include "hwmodels/scenario_file.hpp"

namespace roofcast::gui {
namespace {

/// What a scenario file would be refused for when it is opened again.
Errors unreadable(const SessionState& state) {
  Errors errors;
  const auto add = [&](const ScenarioDocument& document, const std::string& of) {
    for (const auto& field : scenario_fields())
      if (const auto& typed = document.*field.text)
        for (const auto& e : text_errors(field, *typed)) errors.push_back({of + field.place(), e.what, e.hint, e.kind});
  };
  add(state.document, "");
  for (std::size_t i = 0; i < state.pins.size(); ++i) add(state.pins[i], fmt::format("pin {}: ", i + 1));
  return errors;
}

}  // namespace

Session::Session(PresetRoots roots, QObject* parent) : QObject(parent), evaluator_{std::move(roots)} {
  connect(&evaluator_, &Evaluator::answered, this, &Session::take);
  connect(&undo_, &QUndoStack::cleanChanged, this, &Session::fileChanged);
}

void Session::edit(ScenarioText ScenarioDocument::*field, const QString& typed) {
  SessionState after = state_;
  after.document.*field = typed.isEmpty() ? std::nullopt : std::optional{utf8(typed)};
  if (after == state_) return;
  if (edit_run_ == 0 || edited_ != field) edit_run_ = ++last_run_;
  edited_ = field;
  undo_.push(
      new StateCommand(*this, std::move(after), tr("edit of %1").arg(text(scenario_field(field).option)), edit_run_));
}

void Session::replace(SessionState state, const QString& what) {
  edit_run_ = 0;
  if (state != state_) undo_.push(new StateCommand(*this, std::move(state), what));
}

void Session::pin() {
  SessionState after = state_;
  if (after.pins.size() >= kMostPins) return;
  after.pins.push_back(after.document);
  replace(std::move(after), tr("pin"));
}

void Session::unpin(std::size_t pin) {
  SessionState after = state_;
  if (pin >= after.pins.size()) return;
  after.pins.erase(after.pins.begin() + static_cast<std::ptrdiff_t>(pin));
  replace(std::move(after), tr("unpin"));
}

void Session::unpin_all() {
  replace({.document = state_.document}, tr("unpin all"));
}

void Session::select(std::optional<Selection> selection) {
  if (selection == selection_) return;
  selection_ = selection;
  emit selectionChanged();
  ask();
}

void Session::adopt_selection() {
  if (!selection_) return;
  replace({.document = selected_document(state_, *selection_), .pins = state_.pins}, tr("use of the selected point"));
  select(std::nullopt);
}

void Session::show_chart(ChartKind chart) {
  if (chart == chart_) return;
  chart_ = chart;
  ask();
}

void Session::set_memory_context(std::optional<double> tokens) {
  if (tokens == memory_context_) return;
  memory_context_ = tokens;
  ask();
}

void Session::set_measured(MeasuredRows rows) {
  measured_ = std::move(rows);
  ask();
}

void Session::begin(SessionState state, const QString& file) {
  undo_.clear();
  edit_run_ = 0;
  memory_context_.reset();
  file_ = file;
  first_number_ = number_ + 1;
  errors_.clear();
  latest_.reset();
  if (state == SessionState{}) good_.reset();
  selection_.reset();
  emit selectionChanged();
  restore(state);
  emit answered();
  emit fileChanged();
}

Result<void> Session::open(const QString& file) {
  auto set = load_scenarios(utf8(file));
  if (!set) return std::unexpected(std::move(set.error()));
  if (set->pins.size() > kMostPins)
    return fail(utf8(file) + ":/pins", fmt::format("{} are too many", set->pins.size()),
                fmt::format("at most {}", kMostPins));
  begin({.document = std::move(set->document), .pins = std::move(set->pins)}, file);
  return {};
}

Result<void> Session::save(const QString& file) {
  if (auto errors = unreadable(state_); !errors.empty()) return std::unexpected(std::move(errors));
  if (auto saved = save_scenarios(utf8(file), {.document = state_.document, .pins = state_.pins}); !saved) return saved;
  file_ = file;
  undo_.setClean();
  edit_run_ = 0;
  emit fileChanged();
  return {};
}

void Session::restore(const SessionState& state) {
  state_ = state;
  if (selection_ && selection_->scenario > state_.pins.size()) {
    selection_.reset();
    emit selectionChanged();
  }
  emit stateChanged();
  ask();
}

void Session::ask() {
  if (state_ == SessionState{}) return;  // nothing is open
  evaluator_.ask({.number = ++number_,
                  .state = state_,
                  .chart = chart_,
                  .memory_context = memory_context_,
                  .selection = selection_,
                  .measured = measured_});
}

void Session::take(std::shared_ptr<const Answer> answer) {
  if (answer->question.number < first_number_) return;
  latest_ = answer;
  errors_ = answer->errors;
  if (errors_.empty()) good_ = std::move(answer);
  emit answered();
}

}  // namespace roofcast::gui
