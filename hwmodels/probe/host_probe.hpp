#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/host_ceilings.hpp"
#include "core/result.hpp"
#include "hwmodels/probe/cpu_caches.hpp"

namespace roofcast::probe {

/// What to measure, and how long.
struct ProbeRequest {
  int threads = 0;               ///< the most; 0: as many as the process may use
  CpuCaches caches{};            ///< sizes to choose working sets by; a size of 0 leaves its level out
  double effort = 1;             ///< 1 takes some twenty seconds on two cores; less is quicker and less certain
  std::string date{};            ///< for the source of the figures
  std::function<bool()> stop{};  ///< asked between figures; true ends the probe, with what it has
};

/// The share that is done, and what comes now.
using Progress = std::function<void(double share, std::string_view what)>;

/// Measures the ceilings of the machine it runs on. Every figure is a median of repeats.
[[nodiscard]] Result<HostCeilings> probe_host(const ProbeRequest& request, const Progress& progress);

/// What makes the figures doubtful: too many disturbed runs, wide spreads, no huge pages. One sentence each.
[[nodiscard]] std::vector<std::string> probe_warnings(const HostCeilings& ceilings);

/// Thread counts to measure with: powers of two up to the most, and the most.
[[nodiscard]] std::vector<int> thread_counts(int most);

/// Where reads leave the last cache: the largest measured working set that still runs faster than halfway (in
/// logarithms) between what the cache and what memory give. 0 without points.
[[nodiscard]] Bytes effective_cache(const std::vector<BandwidthCeiling>& points, int threads);

}  // namespace roofcast::probe
