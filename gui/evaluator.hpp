// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <memory>
#include <optional>

#include "gui/answer.hpp"

namespace roofcast::gui {

/// Answers questions on a thread of its own, one at a time. A question that waits is replaced by a newer one, so
/// that a slider that is dragged never queues up.
class Evaluator : public QObject {
  Q_OBJECT

 public:
  explicit Evaluator(PresetRoots roots, QObject* parent = nullptr);
  ~Evaluator() override;

  void ask(Question question);
  [[nodiscard]] bool busy() const { return running_; }
  [[nodiscard]] const PresetRoots& roots() const { return roots_; }

 signals:
  void answered(std::shared_ptr<const roofcast::gui::Answer> answer);

 private:
  void start(Question question);
  void finish(std::shared_ptr<const Answer> answer);

  PresetRoots roots_{};
  QThreadPool pool_{};
  std::optional<Question> waiting_{};
  bool running_ = false;
};

}  // namespace roofcast::gui
