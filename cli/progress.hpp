#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace roofcast::cli {

/// A bar with the share that is done and the time left, rewritten in place on stderr; nothing unless a person watches
/// it and --quiet is not given. Gone when the object goes, or before.
class ProgressBar {
 public:
  ProgressBar(const ParsedOptions& options, Io io);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(double share, std::string_view what);
  /// Before anything else is printed.
  void hide();

 private:
  Io io_;
  bool shown_;
  std::chrono::steady_clock::time_point start_;
};

/// "[########........]  50%  12 s left  what", at most `columns` wide.
[[nodiscard]] std::string progress_line(double share, double seconds_so_far, std::string_view what, int columns);

}  // namespace roofcast::cli
