#pragma once

#include <cstddef>
#include <string_view>

#include "core/units.hpp"

namespace roofcast {

/// What an operation asks of one device. Sums of costs are costs.
struct Cost {
  Bytes bytes{};  ///< through the device's memory
  Flops flops{};
  Bytes network{};  ///< out of the device over its links

  friend constexpr Cost operator+(Cost a, Cost b) {
    return {a.bytes + b.bytes, a.flops + b.flops, a.network + b.network};
  }
  friend constexpr Cost operator*(double k, Cost c) { return {k * c.bytes, k * c.flops, k * c.network}; }
};

/// What the device gives: datasheet peaks (grade `theoretical`).
struct Roof {
  BytesPerSecond bandwidth{};
  FlopsPerSecond compute{};
  BytesPerSecond link{};
};

/// `overhead`: launches and host work, which no roof holds; only calibrated steps have it.
enum class Bound { memory, compute, network, overhead };
inline constexpr std::size_t kBounds = 4;

[[nodiscard]] constexpr std::string_view name(Bound b) {
  return b == Bound::memory ? "memory" : b == Bound::compute ? "compute" : b == Bound::network ? "network" : "overhead";
}

struct Timed {
  Seconds time{};
  Bound bound = Bound::memory;
};

/// Seconds that an operation needs at each roof, and its launch. Free of branches: loops over many operations become
/// vector code.
struct RoofTimes {
  double memory = 0;
  double compute = 0;
  double network = 0;
  double launch = 0;

  [[nodiscard]] constexpr double longest() const {
    const double kernel = compute > memory ? compute : memory, rest = launch > network ? launch : network;
    return rest > kernel ? rest : kernel;
  }
  /// The number of the Bound that takes longest; ties count in their order, so that memory comes first.
  [[nodiscard]] constexpr double holder() const {
    const double most = longest();
    return memory == most ? 0 : compute == most ? 1 : network == most ? 2 : 3;
  }
};

/// Each roof alone; a cost of zero needs no roof.
[[nodiscard]] constexpr RoofTimes roof_times(Cost c, Roof r) {
  using namespace units;
  const double bytes = c.bytes.in(byte), flops = c.flops.in(flop), network = c.network.in(byte);
  return {.memory = bytes > 0 ? bytes / r.bandwidth.in(byte / s) : 0,
          .compute = flops > 0 ? flops / r.compute.in(flop / s) : 0,
          .network = network > 0 ? network / r.link.in(byte / s) : 0};
}

/// The Bound of number `holder`, see RoofTimes.
[[nodiscard]] constexpr Bound bound_of(double holder) {
  return static_cast<Bound>(static_cast<int>(holder));
}

/// (R1) t = max(bytes / bandwidth, flops / compute, network / link). Ties count as memory-bound.
[[nodiscard]] constexpr Timed roofline(Cost c, Roof r) {
  const RoofTimes t = roof_times(c, r);
  return {t.longest() * units::s, bound_of(t.holder())};
}

/// Operational intensity: FLOP per byte of memory traffic.
[[nodiscard]] constexpr FlopsPerByte intensity(Cost c) {
  return c.flops / c.bytes;
}

}  // namespace roofcast
