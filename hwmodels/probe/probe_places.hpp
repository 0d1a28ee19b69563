#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "hwmodels/kernels/page_memory.hpp"
#include "hwmodels/probe/cpu_caches.hpp"

namespace roofcast::probe {

/// A place in the hierarchy to measure.
struct Place {
  std::string level{};
  std::size_t bytes_per_thread = 0;
  std::size_t segments = 1;
  kernels::PageSize pages = kernels::PageSize::huge;
  int threads = 1;
  bool all_streams = true;
};

/// Half of the caches of a core, a quarter of what all share, and segments of memory that come round only after
/// everything cached has been pushed out; for the most threads also sizes between the last cache and memory. Caches
/// of size 0 are left out.
[[nodiscard]] std::vector<Place> probe_places(const CpuCaches& caches, const std::vector<int>& thread_counts);

}  // namespace roofcast::probe
