#pragma once

#include "core/deployment.hpp"
#include "core/device.hpp"
#include "core/units.hpp"

namespace roofcast {

/// What a group of ranks gets of its links: bandwidth out of one device, and what every message takes besides.
struct LinkRoof {
  BytesPerSecond bandwidth{};  ///< 0: not known
  Seconds latency{};

  friend bool operator==(const LinkRoof&, const LinkRoof&) = default;
};

/// (T1) Two tiers of links: ranks fill one island of the near link after the other; islands are joined by the far one.
struct Topology {
  int island = 1;  ///< ranks that the near link joins
  LinkRoof near{};
  LinkRoof pair{};  ///< between two devices of one island: as `near` but where links join each pair on its own
  LinkRoof far{};   ///< as `near` where one island holds all ranks

  [[nodiscard]] int islands(int ranks) const { return (ranks - 1) / island + 1; }
};

/// (T5) Share of a device's links that lead to the other ones of `ranks`: all of them behind a switch, in a mesh those
/// to each of them. @pre ranks >= 1
[[nodiscard]] double link_share(const Device& device, int ranks);

/// The tiers that `ranks` consecutive ranks meet: the scale-up link, PCIe, the network between units of a system.
[[nodiscard]] Topology topology(const Device& device, int ranks);

/// (T2) All-reduce: inside the islands, and of each island's share between them. Bandwidth of a flat ring (D5) that
/// would take as long.
[[nodiscard]] LinkRoof all_reduce_link(const Topology& t, int ranks);

/// (T6) All-gather or reduce-scatter, half of an all-reduce: the same bandwidth for its half of the bytes, and half of
/// the latency.
[[nodiscard]] LinkRoof one_way_link(const Topology& t, int ranks);

/// (T3) All-to-all of `ranks` ranks: what leaves the island goes over the far link, the rest over the near one
/// meanwhile.
[[nodiscard]] LinkRoof all_to_all_link(const Topology& t, int ranks);

/// (T4) Mean over the borders of the pipeline stages of one replica: some lie between islands.
[[nodiscard]] LinkRoof stage_link(const Topology& t, const Deployment& d);

}  // namespace roofcast
