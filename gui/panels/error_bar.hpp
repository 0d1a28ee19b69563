// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/result.hpp"

class QLabel;

namespace roofcast::gui {

/// What went wrong, at the top of the window and out of the way: place, value, what was expected. A place that is a
/// field of the scenario is a link to it.
class ErrorBar : public QFrame {
  Q_OBJECT

 public:
  explicit ErrorBar(QWidget* parent = nullptr);

  void setErrors(const Errors& errors);
  [[nodiscard]] QString shownText() const;

 signals:
  void placeClicked(const QString& place);

 private:
  QLabel* lines_ = nullptr;
};

}  // namespace roofcast::gui
