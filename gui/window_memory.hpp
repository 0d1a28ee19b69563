// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "gui/session_state.hpp"

class QMainWindow;

/// What is kept from one start to the next, in the user's settings.
namespace roofcast::gui {

void save_layout(const QMainWindow& window);
/// False where nothing is kept.
bool restore_layout(QMainWindow& window);

[[nodiscard]] QStringList recent_files();
void add_recent_file(const QString& file);

/// What was typed and never saved in a file: nothing is lost on close.
void keep_unsaved(const SessionState& state);
[[nodiscard]] SessionState unsaved();

}  // namespace roofcast::gui
