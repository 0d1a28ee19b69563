#include "core/link_assumptions.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/compiled_scenario.hpp"
#include "core/quantity_text.hpp"

namespace roofcast {
namespace {

/// "PCIe's 64.0 GB/s", "InfiniBand NDR's 50.0 GB/s and 10.0 us a message"
std::string far_text(const Device& device, const LinkRoof& far) {
  const bool network = device.system && far.bandwidth == device.system->network;
  auto text = fmt::format("{}'s {}", network ? device.system->network_type : "PCIe", format_bandwidth(far.bandwidth));
  return far.latency > Seconds{} ? text + fmt::format(" and {} a message", format_seconds(far.latency))
                                 : text + ", without latency";
}

std::string island_text(const Device& device, const Topology& t) {
  if (device.system && t.island == device.system->devices) return fmt::format("one {}", device.system->name);
  return fmt::format("one {} domain", device.link_type);
}

/// Groups of ranks that one island does not hold.
void add_crossings(const Scenario& s, std::vector<std::string>& a) {
  const Deployment& d = s.deployment;
  const auto add = [&](std::string group, int ranks, std::string_view what) {
    const Topology t = topology(s.device, ranks);
    if (t.islands(ranks) > 1)
      a.push_back(fmt::format("{} = {} reaches beyond the {} devices of {}: {} at {}", group, ranks, t.island,
                              island_text(s.device, t), what, far_text(s.device, t.far)));
  };
  if (d.tp > 1) add("tp", d.tp, "what all-reduces exchange between them is charged");
  if (d.pp > 1) add("tp x pp", d.tp * d.pp, "stages on both sides of a border send");
  if (d.expert_replicas() > 1) add("ep", d.ep, "tokens go to experts beyond them");
  if (d.dcp > 1) add("dcp", d.dcp, "queries and partial results go beyond them");
}

/// Groups that a mesh lets use a part of its links only.
void add_mesh_shares(const Scenario& s, std::vector<std::string>& a) {
  const Deployment& d = s.deployment;
  const auto add = [&](std::string_view group, int ranks) {
    if (const double share = link_share(s.device, ranks); share < 1)
      a.push_back(
          fmt::format("{} links each pair of devices on its own: {} among {} has {:.3g}% of a device's bandwidth",
                      s.device.link_type, group, ranks, 100 * share));
  };
  if (d.tp > 1) add("what all-reduces exchange", d.tp);
  if (d.expert_replicas() > 1) add("what tokens send to experts", d.ep);
  if (d.pp > 1) add("what stages send", 2);
  if (d.dcp > 1) add("what context-parallel ranks exchange", d.dcp);
}

std::string unit_text(const Scenario& s) {
  const System& unit = *s.device.system;
  const auto used = s.deployment.gpus(), units = (used + unit.devices - 1) / unit.devices;
  if (units > 1) return fmt::format("{} devices are {} units of {}, ranks in order", used, units, unit.name);
  return fmt::format("{} has {} devices, {} in use", unit.name, unit.devices, used);
}

/// What turns gain or cost, in figures: they read weights twice.
std::string overlap_text(const Scenario& s, double batch) {
  CompiledScenario c = compile(s);
  const auto step = [&] {
    return decode_time(c.plan, c.roofs, {.batch = batch, .context = s.workload.step_context()}).time;
  };
  const Seconds turns = step();
  c.plan.overlap = Overlap::none;
  return fmt::format(
      "two halves of the batch take turns: one computes while the tokens of the other travel, weights are read twice "
      "and only what compute does not hide takes time: a decode step of {} instead of {}; no measured run has seen "
      "it, and prompts do not overlap",
      format_seconds(turns), format_seconds(step()));
}

}  // namespace

std::vector<std::string> link_assumptions(const Scenario& s, double batch) {
  std::vector<std::string> a;
  const Deployment& d = s.deployment;
  if (s.device.system) a.push_back(unit_text(s));
  if (d.tp == 1 && d.pp == 1 && d.expert_replicas() == 1) return a;
  if (device_roofs(s.device, d).link <= BytesPerSecond{}) {
    a.push_back(fmt::format("no link bandwidth is known of {}: collectives take no time here", s.device.name));
    return a;
  }
  if (d.tp > 1 || d.pp > 1)
    a.push_back(serving_calibration(s) != nullptr
                    ? "collectives are charged at the share of the link's bandwidth that was fitted, and their latency"
                    : "collectives count link bytes over the datasheet bandwidth, without latency");
  add_crossings(s, a);
  if (s.device.link_topology == LinkTopology::mesh) add_mesh_shares(s, a);
  if (d.expert_replicas() > 1)
    a.push_back("tokens go to each of their experts' ranks and back as 16-bit vectors, one copy per rank");
  if (s.overlap == Overlap::two_batch)
    a.push_back(overlap_text(s, batch));
  else if (d.expert_replicas() > 1 && !s.engine.two_batch)
    a.push_back("nothing is computed while tokens travel");
  else if (d.expert_replicas() > 1)
    a.push_back("nothing is computed while tokens travel: --overlap two-batch lets halves of the batch take turns");
  if (d.dcp > 1)
    a.push_back(fmt::format(
        "in every layer of a decode step {} context-parallel ranks exchange queries, partial results and the "
        "logarithms of their sums; rows of earlier chunks that prompts read from other ranks take no time",
        d.dcp));
  return a;
}

}  // namespace roofcast
