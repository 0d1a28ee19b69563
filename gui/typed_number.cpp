// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/typed_number.hpp"

#include <QRegularExpression>

namespace roofcast::gui {

QString typed_number(const ScenarioField& field, const QString& typed) {
  const QString plain = typed.trimmed();
  const bool amount = field.value == ScenarioValue::amount || field.value == ScenarioValue::positive ||
                      field.value == ScenarioValue::lengths || field.value == ScenarioValue::price;
  if (!amount && field.value != ScenarioValue::size) return plain;
  static const QRegularExpression groups("^\\d{1,3}([.,' ])\\d{3}(\\1\\d{3})*$");
  static const QRegularExpression comma("^(\\d+),(\\d+)(\\D*)$");
  QString out = plain;
  if (amount && is_whole(field.kind) && groups.match(plain).hasMatch()) return out.remove(QRegularExpression("[^0-9]"));
  return out.replace(comma, "\\1.\\2\\3");
}

}  // namespace roofcast::gui
