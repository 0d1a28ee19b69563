// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <cstdint>
#include <memory>
#include <optional>

#include "gui/evaluator.hpp"
#include "gui/session_state.hpp"

namespace roofcast::gui {

/// What is open: the document with its undo stack, the pins, the selection, and the last good answer. The only object
/// that asks for evaluations; panels read it and tell it what the user wants.
class Session : public QObject {
  Q_OBJECT

 public:
  explicit Session(PresetRoots roots, QObject* parent = nullptr);

  [[nodiscard]] const SessionState& state() const { return state_; }
  [[nodiscard]] const ScenarioDocument& document() const { return state_.document; }
  [[nodiscard]] const PresetRoots& roots() const { return evaluator_.roots(); }
  [[nodiscard]] QUndoStack& undo_stack() { return undo_; }
  [[nodiscard]] QString file() const { return file_; }
  [[nodiscard]] bool modified() const { return !undo_.isClean(); }

  /// The last answer without errors; null before the first.
  [[nodiscard]] const std::shared_ptr<const Answer>& answer() const { return good_; }
  /// The last answer of the document that is open, right or wrong; null before the first.
  [[nodiscard]] const std::shared_ptr<const Answer>& latest() const { return latest_; }
  /// What is wrong with the scenario as it is typed now; empty: `answer` is of it.
  [[nodiscard]] const Errors& errors() const { return errors_; }
  [[nodiscard]] bool stale() const { return !errors_.empty(); }
  [[nodiscard]] bool busy() const { return evaluator_.busy(); }
  [[nodiscard]] const std::optional<Selection>& selection() const { return selection_; }

  /// One field as typed; empty: the default. Edits of one field in a row are one step of undo until `end_edit`.
  void edit(ScenarioText ScenarioDocument::*field, const QString& typed);
  void end_edit() { edit_run_ = 0; }
  void replace(SessionState state, const QString& what);
  void pin();
  void unpin(std::size_t pin);
  void unpin_all();
  void select(std::optional<Selection> selection);
  /// The selected point becomes the scenario.
  void adopt_selection();
  void show_chart(ChartKind chart);
  void set_memory_context(std::optional<double> tokens);
  void set_measured(MeasuredRows rows);

  /// Starts afresh with a state that is saved in `file` (empty: nowhere).
  void begin(SessionState state, const QString& file);
  [[nodiscard]] Result<void> open(const QString& file);
  /// Errors: the file cannot be written; something typed is wrong, so that it could not be read again.
  [[nodiscard]] Result<void> save(const QString& file);
  /// Applied by the undo stack.
  void restore(const SessionState& state);

 signals:
  void stateChanged();
  void answered();
  void selectionChanged();
  void fileChanged();

 private:
  void ask();
  void take(std::shared_ptr<const Answer> answer);

  SessionState state_{};
  QUndoStack undo_{};
  QString file_{};
  Evaluator evaluator_;
  std::shared_ptr<const Answer> good_{};
  std::shared_ptr<const Answer> latest_{};
  Errors errors_{};
  std::optional<Selection> selection_{};
  std::optional<double> memory_context_{};
  MeasuredRows measured_{};
  ChartKind chart_ = ChartKind::limits;
  std::uint64_t number_ = 0;
  std::uint64_t first_number_ = 0;  ///< answers before it are of a document that is closed
  int edit_run_ = 0;                ///< id under which edits of one field merge; 0: the next one starts anew
  int last_run_ = 0;
  ScenarioText ScenarioDocument::*edited_ = nullptr;
};

}  // namespace roofcast::gui
