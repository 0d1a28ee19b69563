// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/memory_controls.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>
#include <algorithm>

#include "core/chart/log_steps.hpp"
#include "core/value_literal.hpp"
#include "gui/session.hpp"
#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

constexpr double kLeast = 256;
constexpr double kOtherwise = 131072;  ///< tokens, of models that state no maximum
constexpr std::size_t kSteps = 200;

}  // namespace

MemoryControls::MemoryControls(Session& session, QWidget* parent) : QWidget(parent), session_{session} {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(6, 0, 6, 0);
  auto* label = new QLabel(tr("Conte&xt"), this);
  slider_ = new QSlider(Qt::Horizontal, this);
  slider_->setObjectName("context_slider");
  slider_->setAccessibleName(tr("Context of the memory chart"));
  slider_->setMinimumWidth(160);
  label->setBuddy(slider_);
  value_ = new QLabel(this);
  value_->setMinimumWidth(fontMetrics().horizontalAdvance("1,048,576 tokens "));
  auto* own = new QToolButton(this);
  own->setText(tr("As in the scenario"));
  row->addWidget(label);
  row->addWidget(slider_, 1);
  row->addWidget(value_);
  row->addWidget(own);
  connect(slider_, &QSlider::valueChanged, this, &MemoryControls::move);
  connect(own, &QToolButton::clicked, this, [this] { session_.set_memory_context(std::nullopt); });
  connect(&session, &Session::answered, this, &MemoryControls::show_answer);
}

void MemoryControls::show_answer() {
  const auto& answer = session_.answer();
  if (!answer || !answer->estimate || slider_->isSliderDown()) return;
  const Scenario& s = answer->estimate->scenario;
  const double own = s.workload.full_length();
  const double most = std::max({own, kLeast + 1, s.model.max_context > 0 ? double(s.model.max_context) : kOtherwise});
  steps_ = log_steps(kLeast, most, kSteps);
  const double tokens = answer->question.memory_context.value_or(own);
  const auto at = std::ranges::lower_bound(steps_, tokens) - steps_.begin();
  const QSignalBlocker quiet(slider_);
  slider_->setRange(0, static_cast<int>(steps_.size()) - 1);
  slider_->setValue(static_cast<int>(at));
  value_->setText(tr("%1 tokens").arg(text(with_thousands(tokens))));
}

void MemoryControls::move(int step) {
  if (step < 0 || static_cast<std::size_t>(step) >= steps_.size()) return;
  const double tokens = steps_[static_cast<std::size_t>(step)];
  value_->setText(tr("%1 tokens").arg(text(with_thousands(tokens))));
  session_.set_memory_context(tokens);
}

}  // namespace roofcast::gui
