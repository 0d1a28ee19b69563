#include "core/host_memory.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace roofcast {
namespace {

/// Bandwidths of one level by number of threads, the fewest first; "huge" pages only.
std::vector<BandwidthCeiling> by_threads(const HostCeilings& c, std::string_view level) {
  std::vector<BandwidthCeiling> points;
  for (const auto& b : c.bandwidth)
    if (b.level == level && b.pages == "huge") points.push_back(b);
  std::ranges::sort(points, {}, &BandwidthCeiling::threads);
  return points;
}

/// Linear in the threads between two counts; beyond the measured ones the nearest stands.
BandwidthCeiling at_threads(const std::vector<BandwidthCeiling>& points, int threads) {
  const auto above = std::ranges::find_if(points, [&](const auto& p) { return p.threads >= threads; });
  if (above == points.end()) return points.back();
  if (above == points.begin() || above->threads == threads) return *above;
  const auto& below = *(above - 1);
  const double share = static_cast<double>(threads - below.threads) / (above->threads - below.threads);
  BandwidthCeiling between = *above;
  between.read = below.read + share * (above->read - below.read);
  between.working_set = below.working_set + share * (above->working_set - below.working_set);
  between.spread = std::max(below.spread, above->spread);
  return between;
}

}  // namespace

std::optional<HostMemory> host_memory(const HostCeilings& ceilings, int threads) {
  const auto memory = by_threads(ceilings, "dram"), last = by_threads(ceilings, "l3"),
             second = by_threads(ceilings, "l2");
  if (memory.empty()) return std::nullopt;
  HostMemory m;
  const auto of_memory = at_threads(memory, threads);
  m.memory = of_memory.read;
  m.memory_spread = of_memory.spread;
  const auto of_last = last.empty() ? of_memory : at_threads(last, threads);
  m.last = of_last.read;
  m.last_spread = of_last.spread;
  if (!second.empty()) m.second_level = 2 * at_threads(second, threads).working_set;  // measured with half of it
  return m;
}

double memory_share(const HostCeilings& ceilings, Bytes working_set) {
  std::vector<BandwidthCeiling> edge = by_threads(ceilings, "edge");
  if (edge.empty()) return 1;
  const auto memory = at_threads(by_threads(ceilings, "dram"), edge.back().threads);
  std::ranges::sort(edge, {}, &BandwidthCeiling::working_set);
  const BytesPerSecond cache = std::ranges::max(edge, {}, &BandwidthCeiling::read).read;
  if (cache <= memory.read) return 1;

  // 1 / read = (1 - share) / cache + share / memory, never falling with the size, and all of it far beyond the cache.
  struct Point {
    double size = 0;  ///< log of bytes
    double share = 0;
  };
  std::vector<Point> points;
  for (const auto& e : edge) {
    const double share = (cache / e.read - 1) / (cache / memory.read - 1);
    const double before = points.empty() ? 0 : points.back().share;
    points.push_back({std::log(e.working_set.in(units::byte)), std::clamp(share, before, 1.0)});
  }
  points.push_back({points.back().size + std::log(2.0), 1.0});

  const double size = std::log(working_set.in(units::byte));
  const auto above = std::ranges::find_if(points, [&](const Point& p) { return p.size >= size; });
  if (above == points.end()) return 1;
  if (above == points.begin()) return above->share;
  const Point& below = *(above - 1);
  return below.share + (size - below.size) / (above->size - below.size) * (above->share - below.share);
}

Seconds time_beyond_second_level(const HostMemory& m, Bytes bytes, Bytes working_set, double memory_share) {
  double outside = 1;
  // What is read in turns and is larger than a cache drives itself out; from half of the size on some of it does.
  if (m.second_level > Bytes{}) outside = std::clamp(2 * (working_set / m.second_level) - 1, 0.0, 1.0);
  return outside * ((1 - memory_share) * (bytes / m.last) + memory_share * (bytes / m.memory));
}

}  // namespace roofcast
