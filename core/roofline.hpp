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

/// (R1) t = max(bytes / bandwidth, flops / compute, network / link). Ties count as memory-bound.
/// A cost of zero needs no roof.
[[nodiscard]] constexpr Timed roofline(Cost c, Roof r) {
  Timed t{};
  if (c.bytes > Bytes{}) t.time = c.bytes / r.bandwidth;
  if (c.flops > Flops{} && c.flops / r.compute > t.time) t = {c.flops / r.compute, Bound::compute};
  if (c.network > Bytes{} && c.network / r.link > t.time) t = {c.network / r.link, Bound::network};
  return t;
}

/// Operational intensity: FLOP per byte of memory traffic.
[[nodiscard]] constexpr FlopsPerByte intensity(Cost c) {
  return c.flops / c.bytes;
}

}  // namespace roofcast
