#pragma once

#include <chrono>
#include <cstddef>

#include "cli/command.hpp"

namespace roofcast::cli {

/// "37% of 1,000,000 points, 412,000/s, 2 s left" on stderr while a person watches: one line, written over a few
/// times a second, gone at the end. In a pipe, or with --quiet, nothing is written.
class ProgressLine {
 public:
  ProgressLine(Io io, bool quiet, std::size_t total);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// `done` of `total` are. Costs a comparison unless it is time to look at the clock.
  void at(std::size_t done) {
    if (done >= look_at_) show(done);
  }

 private:
  using Clock = std::chrono::steady_clock;

  void show(std::size_t done);

  Io io_;
  std::size_t total_ = 0;
  std::size_t look_at_ = 0;  ///< the clock is read once so many are done
  Clock::time_point start_{};
  Clock::time_point shown_{};
  bool written_ = false;
};

}  // namespace roofcast::cli
