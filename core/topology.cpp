#include "core/topology.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofcast {
namespace {

bool known(const LinkRoof& link) {
  return link.bandwidth > BytesPerSecond{};
}

/// Time of one byte.
Seconds pace(const LinkRoof& link) {
  return units::byte / link.bandwidth;
}

LinkRoof link_of_pace(Seconds one_byte, Seconds latency) {
  return {.bandwidth = units::byte / one_byte, .latency = latency};
}

/// The network of a system; PCIe where its bandwidth is not known.
LinkRoof network(const Device& device) {
  const System& s = *device.system;
  return s.network > BytesPerSecond{} ? LinkRoof{s.network, s.network_latency} : LinkRoof{.bandwidth = device.pcie};
}

}  // namespace

double link_share(const Device& device, int ranks) {
  if (device.link_topology == LinkTopology::switched) return 1;
  const int others = std::max(1, device.link_domain - 1);
  return static_cast<double>(std::clamp(ranks - 1, 1, others)) / others;
}

Topology topology(const Device& device, int ranks) {
  const int unit = device.system ? device.system->devices : std::numeric_limits<int>::max();
  const bool linked = device.link > BytesPerSecond{};
  const LinkRoof pcie{.bandwidth = device.pcie};
  const int domain = linked ? std::min(device.link_domain, unit) : unit;
  const auto among = [&](int peers) {
    return linked ? LinkRoof{.bandwidth = link_share(device, peers) * device.link} : pcie;
  };
  const LinkRoof link = among(std::min(ranks, domain)), pair = among(2);
  if (ranks <= domain) return {.island = domain, .near = link, .pair = pair, .far = link};
  if (ranks <= unit) return {.island = domain, .near = link, .pair = pair, .far = pcie};
  const bool whole = domain == unit;
  return {.island = unit, .near = whole ? link : pcie, .pair = whole ? pair : pcie, .far = network(device)};
}

LinkRoof all_reduce_link(const Topology& t, int ranks) {
  const double islands = t.islands(ranks);
  if (islands <= 1) return t.near;
  if (!known(t.near) || !known(t.far)) return {};
  const double n = ranks, inside = n / islands;
  const Seconds time = 2 * (inside - 1) / inside * pace(t.near) + 2 * (islands - 1) / (islands * inside) * pace(t.far);
  return link_of_pace(time / (2 * (n - 1) / n), 2 * std::ceil(std::log2(islands)) * t.far.latency);
}

LinkRoof one_way_link(const Topology& t, int ranks) {
  LinkRoof link = all_reduce_link(t, ranks);
  link.latency = 0.5 * link.latency;
  return link;
}

LinkRoof all_to_all_link(const Topology& t, int ranks) {
  if (t.islands(ranks) <= 1) return t.near;
  if (!known(t.near) || !known(t.far)) return {};
  const double leaves = static_cast<double>(ranks - t.island) / (ranks - 1);
  return link_of_pace(std::max(leaves * pace(t.far), (1 - leaves) * pace(t.near)), t.far.latency);
}

LinkRoof stage_link(const Topology& t, const Deployment& d) {
  const double borders = d.pp - 1, between = std::min<double>(borders, t.islands(d.tp * d.pp) - 1);
  if (between <= 0) return t.pair;
  if (!known(t.pair) || !known(t.far)) return {};
  const double share = between / borders;
  return link_of_pace((1 - share) * pace(t.pair) + share * pace(t.far), share * t.far.latency);
}

}  // namespace roofcast
