#include "core/plan/robustness.hpp"

#include <array>
#include <utility>

namespace roofcast {
namespace {

constexpr double kGain = 1.1;

void scale_bandwidth(Device& d) {
  d.bandwidth = kGain * d.bandwidth;
}
void scale_compute(Device& d) {
  for (auto peak : {&PeakRates::fp32, &PeakRates::bf16, &PeakRates::fp8, &PeakRates::int8, &PeakRates::fp4})
    if (auto& rate = d.peaks.*peak) rate = kGain * *rate;
}
void scale_memory(Device& d) {
  if (d.memory) d.memory = kGain * *d.memory;
}
void scale_link(Device& d) {
  d.link = kGain * d.link;
  d.pcie = kGain * d.pcie;
  if (d.system) d.system->network = kGain * d.system->network;
}

constexpr std::array<std::pair<std::string_view, void (*)(Device&)>, 4> kResources{
    {{"bandwidth", &scale_bandwidth}, {"compute", &scale_compute}, {"memory", &scale_memory}, {"link", &scale_link}}};

Scenario one_replica(const PlanRow& row) {
  Scenario s = row.scenario;
  s.deployment.dp = static_cast<int>(s.deployment.dp / row.replicas);
  s.workload.batch.reset();
  return s;
}

/// Devices that are bought, spares included; 0 where no number of replicas serves.
std::int64_t gpus(const Sizing& s, const PlanRow& row) {
  if (s.replicas == 0) return 0;
  return purchase(row.scenario.device, row.replica_gpus(), s.replicas + row.spares).gpus;
}

}  // namespace

Robustness robustness(const PlanRequest& r, const PlanRow& row) {
  Scenario replica = one_replica(row);
  Robustness result;
  const CompiledScenario now = compile(replica);
  if (const auto& [tpot, ttft] = std::pair{row.times.tpot_range, row.times.ttft_range}; tpot.high && ttft.high)
    result.gpus_at_worst =
        gpus(sizing(now, r, {.tpot = *tpot.high / row.times.tpot, .ttft = *ttft.high / row.times.ttft}), row);
  for (const auto& [resource, scale] : kResources) {
    Scenario better = replica;
    scale(better.device);
    const CompiledScenario c = compile(better);
    const Sizing s = sizing(c, r);
    result.gains.push_back({.resource = resource,
                            .gpus = gpus(s, row),
                            .capacity = static_cast<double>(row.replicas) * s.requests_s / row.capacity_s});
  }
  return result;
}

}  // namespace roofcast
