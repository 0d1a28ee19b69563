// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/job.hpp"

#include <QMetaObject>
#include <utility>

namespace roofcast::gui {

Job::Job(QObject* parent) : QObject(parent) {
  pool_.setMaxThreadCount(1);
}

Job::~Job() {
  if (control_) control_->stop.request_stop();
  pool_.waitForDone();
}

void Job::start(Work work) {
  if (control_) control_->stop.request_stop();
  auto control = std::make_shared<JobControl>();
  control->progress = [this, c = control.get()](double share) {
    QMetaObject::invokeMethod(
        this,
        [this, c, share] {
          if (control_.get() == c) emit progressed(share);
        },
        Qt::QueuedConnection);
  };
  control_ = control;
  emit runningChanged();
  pool_.start([this, control, w = std::move(work)] {
    auto done = w(*control);
    QMetaObject::invokeMethod(
        this,
        [this, control, done = std::move(done)] {
          if (control_ != control) return;
          control_.reset();
          if (done && !control->cancelled()) done();
          emit runningChanged();
        },
        Qt::QueuedConnection);
  });
}

void Job::cancel() {
  if (control_) control_->stop.request_stop();
}

}  // namespace roofcast::gui
