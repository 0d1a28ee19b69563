// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

class QLabel;
class QSlider;

namespace roofcast::gui {

class Session;

/// The slider of the memory chart: what the bars would be at another context.
class MemoryControls : public QWidget {
  Q_OBJECT

 public:
  explicit MemoryControls(Session& session, QWidget* parent = nullptr);

 private:
  void show_answer();
  void move(int step);

  Session& session_;
  QSlider* slider_ = nullptr;
  QLabel* value_ = nullptr;
  std::vector<double> steps_{};  ///< tokens
};

}  // namespace roofcast::gui
