// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>
#include <utility>

#include "gui/session.hpp"

namespace roofcast::gui {

/// A step of undo: the states before and after. Commands of one run of edits are one step.
class StateCommand : public QUndoCommand {
 public:
  StateCommand(Session& session, SessionState after, const QString& what, int run = 0)
      : QUndoCommand(what), session_{session}, before_{session.state()}, after_{std::move(after)}, run_{run} {}

  void undo() override { session_.restore(before_); }
  void redo() override { session_.restore(after_); }
  [[nodiscard]] int id() const override { return run_ == 0 ? -1 : run_; }
  bool mergeWith(const QUndoCommand* other) override {
    after_ = static_cast<const StateCommand*>(other)->after_;  // ids are only given to commands of this class
    return true;
  }

 private:
  Session& session_;
  SessionState before_{};
  SessionState after_{};
  int run_ = 0;
};

}  // namespace roofcast::gui
