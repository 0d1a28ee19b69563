// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <vector>

namespace roofcast::gui {

/// A word to choose, with what is said about it in the list.
struct Pick {
  QString word{};
  QString detail{};

  friend bool operator==(const Pick&, const Pick&) = default;
};

/// A text with a list of known words: typing searches the list anywhere in words and details, anything may be typed.
/// The wheel is left to the form that scrolls.
class PickCombo : public QComboBox {
  Q_OBJECT

 public:
  explicit PickCombo(QWidget* parent = nullptr);

  void setPicks(const std::vector<Pick>& picks);

 signals:
  /// By the user, not by a program.
  void edited(const QString& text);

 protected:
  void wheelEvent(QWheelEvent* event) override;

 private:
  std::vector<Pick> picks_{};
};

}  // namespace roofcast::gui
