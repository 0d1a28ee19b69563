#pragma once

namespace roofcast::cli {

/// While one lives, the first Ctrl-C (or SIGTERM) only sets a flag, so that a long command can stop at a clean
/// point and keep what is finished. The second one ends the program at once.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  [[nodiscard]] bool requested() const;
};

}  // namespace roofcast::cli
