#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hwmodels/probe/host_probe.hpp"

namespace roofcast::probe {

Bytes effective_cache(const std::vector<BandwidthCeiling>& points, int threads) {
  std::vector<BandwidthCeiling> edge;
  BytesPerSecond memory{};
  for (const auto& p : points) {
    if (p.threads != threads) continue;
    if (p.level == "edge") edge.push_back(p);
    if (p.level == "dram" && p.pages == "huge") memory = p.read;
  }
  if (edge.empty() || memory <= BytesPerSecond{}) return {};
  std::ranges::sort(edge, {}, &BandwidthCeiling::working_set);
  const BytesPerSecond cache = std::ranges::max(edge, {}, &BandwidthCeiling::read).read;
  const auto halfway = std::sqrt(cache / memory) * memory;
  Bytes size{};
  for (const auto& p : edge)
    if (p.read >= halfway) size = p.working_set;
  return size;
}

std::vector<std::string> probe_warnings(const HostCeilings& ceilings) {
  std::vector<std::string> warnings;
  if (ceilings.disturbed > 0.2)
    warnings.push_back(
        fmt::format("{:.0f}% of the runs lost a CPU to another process: the machine is busy, figures are "
                    "too low; repeat when it is quiet",
                    100 * ceilings.disturbed));
  int wide = 0;
  for (const auto& b : ceilings.bandwidth) wide += b.spread > 0.15;
  if (wide > 0)
    warnings.push_back(fmt::format("{} of {} bandwidths spread by more than 15%: memory is shared with other load",
                                   wide, ceilings.bandwidth.size()));
  if (ceilings.huge_pages < 0.9)
    warnings.push_back(
        "the system gives no huge pages (transparent_hugepage = never?): figures of \"huge\" are those "
        "of small pages");
  if (!ceilings.attention.empty() && ceilings.overlap.empty())
    warnings.push_back("no run of attention out of memory was left alone: how its times overlap is not known");
  return warnings;
}

}  // namespace roofcast::probe
