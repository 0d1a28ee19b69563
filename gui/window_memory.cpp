// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window_memory.hpp"

#include <QFileInfo>
#include <QMainWindow>
#include <QSettings>
#include <QVariant>

#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

constexpr int kLayoutVersion = 1;  ///< a layout of other docks is not restored
constexpr int kMostRecent = 8;

/// Every text, right or wrong: a scenario file refuses what is wrong, and nothing typed may be lost.
QVariantMap as_typed(const ScenarioDocument& document) {
  QVariantMap texts;
  for (const auto& field : scenario_fields())
    if (const auto& typed = document.*field.text) texts[text(field.key())] = text(*typed);
  return texts;
}

ScenarioDocument from_typed(const QVariantMap& texts) {
  ScenarioDocument document;
  for (const auto& field : scenario_fields())
    if (const auto it = texts.find(text(field.key())); it != texts.end()) document.*field.text = utf8(it->toString());
  return document;
}

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
  QVariantList documents;
  if (state != SessionState{}) {
    documents << as_typed(state.document);
    for (const auto& pin : state.pins) documents << as_typed(pin);
  }
  QSettings().setValue("unsaved", documents);
}

SessionState unsaved() {
  const QVariantList documents = QSettings().value("unsaved").toList();
  SessionState state;
  for (qsizetype i = 0; i < documents.size(); ++i) {
    if (i == 0)
      state.document = from_typed(documents[i].toMap());
    else
      state.pins.push_back(from_typed(documents[i].toMap()));
  }
  return state;
}

}  // namespace roofcast::gui
