#pragma once

#include <cstddef>

#include "core/units.hpp"
#include "hwmodels/kernels/page_memory.hpp"
#include "hwmodels/kernels/thread_team.hpp"
#include "hwmodels/kernels/timing.hpp"

namespace roofcast::probe {

/// read: every byte is read. copy: one half onto the other. triad: first third = second + k · third.
enum class Stream { read, copy, triad };

/// Halves and thirds of so many bytes are whole vectors.
inline constexpr std::size_t kStreamGranule = 1536;

/// A working set, split evenly over the threads. With several segments each run takes the next one, so that what it
/// touches is in no cache any more; with one it is what the run before has left there.
struct StreamSetup {
  std::size_t bytes_per_thread = 0;  ///< of one segment; a multiple of kStreamGranule
  std::size_t segments = 1;
  std::size_t first = 0;  ///< segment that the first run takes
  int passes = 1;         ///< over the segment in one run
};

/// Memory for the setup with `threads` threads, touched.
[[nodiscard]] Result<kernels::PageMemory> stream_memory(const StreamSetup& setup, int threads, kernels::PageSize pages);

/// One run moves passes · threads · bytes_per_thread: every byte is read or written once, whatever the stream.
[[nodiscard]] kernels::Timing time_stream(Stream stream, const StreamSetup& setup, const kernels::PageMemory& memory,
                                          kernels::ThreadTeam& team, const kernels::RepeatPolicy& policy);

}  // namespace roofcast::probe
