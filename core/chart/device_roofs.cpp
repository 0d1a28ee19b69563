#include "core/chart/device_roofs.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace roofcast {

std::vector<MemoryRoof> memory_roofs(const Device& d) {
  std::vector<MemoryRoof> out{{d.memory_type.empty() ? "memory" : d.memory_type, d.bandwidth}};
  if (!d.ceilings) return out;
  for (const auto& b : d.ceilings->bandwidth) {
    if (!b.level.starts_with('l')) continue;
    const auto same = std::ranges::find(out, b.level, &MemoryRoof::name);
    if (same == out.end())
      out.push_back({b.level, b.read});
    else
      same->rate = std::max(same->rate, b.read);
  }
  return out;
}

std::vector<ComputeRoof> compute_roofs(const Device& d) {
  std::vector<ComputeRoof> out;
  for (const auto& [name, peak] : {std::pair{"fp32", d.peaks.fp32},
                                   {"bf16", d.peaks.bf16},
                                   {"fp8", d.peaks.fp8},
                                   {"int8", d.peaks.int8},
                                   {"fp4", d.peaks.fp4}}) {
    if (!peak || *peak <= FlopsPerSecond{}) continue;
    const auto same = std::ranges::find(out, *peak, &ComputeRoof::rate);
    if (same == out.end())
      out.push_back({name, *peak});
    else
      same->name += fmt::format(", {}", name);
  }
  return out;
}

std::string roof_name(const Device& d, const Cost& cost, const Roof& roof) {
  if (roof.bandwidth * intensity(cost) <= roof.compute) return memory_roofs(d).front().name;
  const auto all = compute_roofs(d);
  const auto peak = std::ranges::find(all, roof.compute, &ComputeRoof::rate);
  return peak == all.end() ? "compute" : peak->name;
}

}  // namespace roofcast
