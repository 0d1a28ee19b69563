#pragma once

#include <chrono>
#include <cstddef>

#include "cli/progress.hpp"

namespace roofcast::cli {

/// The bar of a command that evaluates many points fast: share, time left and points per second, a few times a
/// second.
class PointProgress {
 public:
  PointProgress(const ParsedOptions& options, Io io, std::size_t total);

  /// `done` of `total` are. Costs a comparison unless it is time to look at the clock.
  void at(std::size_t done) {
    if (done >= look_at_) look(done);
  }

 private:
  using Clock = std::chrono::steady_clock;

  void look(std::size_t done);

  ProgressBar bar_;
  std::size_t total_ = 0;
  std::size_t look_at_ = 0;  ///< the clock is read once so many are done
  Clock::time_point start_{};
  Clock::time_point shown_{};
};

}  // namespace roofcast::cli
