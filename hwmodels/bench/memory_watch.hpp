#pragma once

#include "core/result.hpp"
#include "core/units.hpp"
#include "hwmodels/kernels/page_memory.hpp"

namespace roofcast::bench {

/// What memory gives to reads at the moment. On shared machines it changes by a factor within minutes, so a row that
/// does not say it can be held against no bandwidth measured earlier.
class MemoryWatch {
 public:
  /// With so many threads. Fails where there is no memory for it.
  [[nodiscard]] static Result<MemoryWatch> create(int threads);

  /// Read bandwidth of some hundredths of a second, by the loop that `probe` measures with.
  [[nodiscard]] BytesPerSecond read();

 private:
  MemoryWatch(int threads, kernels::PageMemory memory);

  int threads_ = 1;
  kernels::PageMemory memory_{};
};

}  // namespace roofcast::bench
