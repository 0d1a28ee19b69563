// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace roofcast::gui {

[[nodiscard]] inline QString text(std::string_view utf8) {
  return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}
/// Words of the window that no class of its own says; translated like those.
[[nodiscard]] inline QString tr(const char* words) {
  return QCoreApplication::translate("roofcast", words);
}
[[nodiscard]] inline std::string utf8(const QString& text) {
  return text.toStdString();
}

/// "--tp: 3 does not divide 32 heads (one of 1, 2, 4, 8)"
[[nodiscard]] inline QString text(const Error& error) {
  QString line = text(error.where) + ": " + text(error.what);
  return error.hint.empty() ? line : line + " (" + text(error.hint) + ")";
}

}  // namespace roofcast::gui
