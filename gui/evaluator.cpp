// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/evaluator.hpp"

#include <QMetaObject>
#include <utility>

namespace roofcast::gui {

Evaluator::Evaluator(PresetRoots roots, QObject* parent) : QObject(parent), roots_{std::move(roots)} {
  pool_.setMaxThreadCount(1);
}

Evaluator::~Evaluator() {
  pool_.waitForDone();
}

void Evaluator::ask(Question question) {
  if (running_)
    waiting_ = std::move(question);
  else
    start(std::move(question));
}

void Evaluator::start(Question question) {
  running_ = true;
  pool_.start([this, q = std::move(question)]() mutable {
    auto answer = std::make_shared<const Answer>(gui::answered(std::move(q), roots_));
    QMetaObject::invokeMethod(
        this, [this, a = std::move(answer)] { finish(a); }, Qt::QueuedConnection);
  });
}

void Evaluator::finish(std::shared_ptr<const Answer> answer) {
  running_ = false;
  if (waiting_) start(*std::exchange(waiting_, std::nullopt));
  emit answered(std::move(answer));
}

}  // namespace roofcast::gui
