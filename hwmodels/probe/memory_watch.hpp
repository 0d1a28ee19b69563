#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "core/result.hpp"
#include "core/units.hpp"
#include "hwmodels/kernels/page_memory.hpp"
#include "hwmodels/kernels/thread_team.hpp"

namespace roofcast::probe {

/// What memory gives to reads at the moment. On shared machines it changes by a factor within seconds, so a row that
/// does not say it can be held against no bandwidth measured earlier.
class MemoryWatch {
 public:
  /// For teams of so many threads. Fails where there is no memory for it.
  [[nodiscard]] static Result<MemoryWatch> create(int threads);

  /// Read bandwidth over some milliseconds or `time`, whichever is longer, by the loop that `probe` measures with. The
  /// team is the kernel's own: a second one would share the CPU that the caller is bound to.
  [[nodiscard]] BytesPerSecond read(kernels::ThreadTeam& team, Seconds time = {});

 private:
  MemoryWatch(int threads, kernels::PageMemory memory);

  int threads_ = 1;
  std::size_t next_ = 0;  ///< segment that the next look begins with: those of the last one may be in a cache
  kernels::PageMemory memory_{};
};

struct MemoryLook {
  BytesPerSecond memory{};
  int runs = 0;  ///< until the next look
};

/// What memory gave beside the runs between these looks: half of the runs had more, half less. A look stands for the
/// runs on both of its sides; of two looks alone, the mean time of a byte.
/// @pre at least two
[[nodiscard]] BytesPerSecond typical_memory(std::vector<MemoryLook> looks);

/// What memory gave beside the runs of one row: looked at before, between and after them.
class MemoryBeside {
 public:
  /// @pre a watch for teams of this size
  MemoryBeside(MemoryWatch& watch, kernels::ThreadTeam& team) : watch_{watch}, team_{team} {}

  /// Before each run. True: memory was looked at, and the caches hold other things now.
  bool look_before_run();

  /// After the last run, once.
  [[nodiscard]] BytesPerSecond typical();

 private:
  using Clock = std::chrono::steady_clock;

  void look();

  MemoryWatch& watch_;
  kernels::ThreadTeam& team_;
  Clock::time_point looked_{};
  std::vector<MemoryLook> looks_{};
};

}  // namespace roofcast::probe
