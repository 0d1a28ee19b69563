// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLineEdit;
class QWidget;

namespace roofcast::gui {

/// Undo and redo keys go on to the window, which undoes the scenario, where the line has no steps for them: a line
/// would take the keys even so, and do nothing with them. `editor`: what has the focus, where it is not the line
/// itself.
void pass_spent_undo(QLineEdit& line, QWidget& editor);
void pass_spent_undo(QLineEdit& line);

}  // namespace roofcast::gui
