// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/spent_undo.hpp"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>

namespace roofcast::gui {
namespace {

class SpentUndo : public QObject {
 public:
  SpentUndo(QLineEdit& line, QWidget& editor) : QObject(&editor), line_{&line} { editor.installEventFilter(this); }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() != QEvent::ShortcutOverride || line_ == nullptr) return QObject::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool undo = key->matches(QKeySequence::Undo) && !line_->isUndoAvailable();
    const bool redo = key->matches(QKeySequence::Redo) && !line_->isRedoAvailable();
    if (!undo && !redo) return QObject::eventFilter(watched, event);
    event->ignore();
    return true;
  }

 private:
  QPointer<QLineEdit> line_{};
};

}  // namespace

void pass_spent_undo(QLineEdit& line, QWidget& editor) {
  new SpentUndo(line, editor);
}

void pass_spent_undo(QLineEdit& line) {
  pass_spent_undo(line, line);
}

}  // namespace roofcast::gui
