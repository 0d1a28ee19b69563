#include "hwmodels/probe/host_device.hpp"

#include <algorithm>
#include <cctype>

#include "hwmodels/kernels/thread_team.hpp"
#include "hwmodels/probe/host_probe.hpp"
#include "hwmodels/usable_cpus.hpp"

namespace roofcast::probe {
namespace {

/// "AMD EPYC 7763 64-Core Processor" -> "AMD"
std::string vendor_of(const std::string& name) {
  for (const std::string_view vendor : {"AMD", "Intel", "Ampere", "AWS", "Apple", "NVIDIA"})
    if (name.contains(vendor)) return std::string(vendor);
  return "unknown";
}

}  // namespace

HostFacts host_facts() {
  return {.name = cpu_model_name(), .cpus = usable_cpu_count(), .memory = installed_memory()};
}

Device host_device(const HostFacts& facts, const HostCeilings& ceilings) {
  int most = 1;
  for (const auto& b : ceilings.bandwidth) most = std::max(most, b.threads);

  Device d{.id = "host",
           .name = facts.name,
           .vendor = vendor_of(facts.name),
           .device_class = DeviceClass::cpu,
           .memory_type = "system memory",
           .compute_units = most,
           .link_type = "none"};
  const auto source = [&](std::string figure, std::string text) {
    d.sources.push_back({std::move(figure), std::move(text)});
  };
  if (facts.memory > Bytes{}) {
    d.memory = facts.memory;
    source("memory/reported", "MemTotal of /proc/meminfo");
  }
  for (const auto& b : ceilings.bandwidth)
    if (b.level == "dram" && b.pages == "huge" && b.threads == most) d.bandwidth = b.read;
  source("memory/bandwidth", ceilings.source);
  for (const auto& c : ceilings.compute) {
    if (c.threads != most) continue;
    if (c.type == "fp32") d.peaks.fp32 = c.rate;
    if (c.type == "bf16") d.peaks.bf16 = c.rate;
    if (c.type == "int8") d.peaks.int8 = c.rate;
    source("compute/" + c.type, ceilings.source);
  }
  source("compute/units", ceilings.source);
  d.last_level_cache = effective_cache(ceilings.bandwidth, most);
  source("compute/last_level_cache", ceilings.source);
  d.notes = {"ceilings of " + std::to_string(most) + " of " + std::to_string(facts.cpus) + " CPUs, " + ceilings.simd};
  d.ceilings = ceilings;
  return d;
}

}  // namespace roofcast::probe
