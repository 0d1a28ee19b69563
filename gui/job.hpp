// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <stop_token>

namespace roofcast::gui {

/// What work off the GUI thread has: whether to stop, and whom to tell how far it is.
struct JobControl {
  std::stop_source stop{};
  std::function<void(double share)> progress{};  ///< 0..1; below 0: not known

  [[nodiscard]] bool cancelled() const { return stop.stop_requested(); }
};

/// One piece of work at a time off the GUI thread. A new one cancels the one that runs, whose result is dropped.
class Job : public QObject {
  Q_OBJECT

 public:
  /// Runs off the GUI thread; what it returns runs on it, unless the job was cancelled or replaced.
  using Work = std::function<std::function<void()>(JobControl&)>;

  explicit Job(QObject* parent = nullptr);
  ~Job() override;

  void start(Work work);
  void cancel();
  [[nodiscard]] bool running() const { return control_ != nullptr; }

 signals:
  void progressed(double share);
  void runningChanged();

 private:
  std::shared_ptr<JobControl> control_{};
  QThreadPool pool_{};
};

}  // namespace roofcast::gui
