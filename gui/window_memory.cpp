// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window_memory.hpp"

#include <QFileInfo>
#include <QMainWindow>
#include <QSettings>

#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

constexpr int kLayoutVersion = 1;  ///< a layout of other docks is not restored
constexpr int kMostRecent = 8;

}  // namespace

void save_layout(const QMainWindow& window) {
  QSettings settings;
  settings.setValue("window/geometry", window.saveGeometry());
  settings.setValue("window/state", window.saveState(kLayoutVersion));
}

bool restore_layout(QMainWindow& window) {
  const QSettings settings;
  return window.restoreGeometry(settings.value("window/geometry").toByteArray()) &&
         window.restoreState(settings.value("window/state").toByteArray(), kLayoutVersion);
}

QStringList recent_files() {
  QStringList there;
  for (const auto& file : QSettings().value("recent").toStringList())
    if (QFileInfo::exists(file)) there << file;
  return there;
}

void add_recent_file(const QString& file) {
  QSettings settings;
  QStringList files = settings.value("recent").toStringList();
  const QString path = QFileInfo(file).absoluteFilePath();
  files.removeAll(path);
  files.prepend(path);
  settings.setValue("recent", files.mid(0, kMostRecent));
}

void keep_unsaved(const SessionState& state) {
  QSettings settings;
  QStringList documents;
  if (state != SessionState{}) {
    documents << text(scenario_json(state.document));
    for (const auto& pin : state.pins) documents << text(scenario_json(pin));
  }
  settings.setValue("unsaved", documents);
}

SessionState unsaved() {
  SessionState state;
  bool first = true;
  for (const auto& json : QSettings().value("unsaved").toStringList()) {
    auto document = parse_scenario(utf8(json), "the last session");
    if (!document) return {};
    if (first)
      state.document = std::move(*document);
    else
      state.pins.push_back(std::move(*document));
    first = false;
  }
  return state;
}

}  // namespace roofcast::gui
