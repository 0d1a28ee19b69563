#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace roofcast {

/// What an engine does while tokens travel to experts of other replicas and back.
enum class Overlap {
  none,       ///< waits
  two_batch,  ///< computes the other half of the batch
};

inline constexpr std::array kOverlaps{Overlap::none, Overlap::two_batch};

[[nodiscard]] constexpr std::string_view name(Overlap o) {
  return o == Overlap::none ? "none" : "two-batch";
}

/// (D14) Parts of a batch that take turns: two halves, but of less than two sequences one whole batch now and two
/// halves then. @pre sequences >= 1
struct Turns {
  double count = 1;  ///< 1 to 2
  double batch = 1;  ///< sequences of each, 1 or more
};
[[nodiscard]] constexpr Turns turns(double sequences) {
  return {.count = std::min(2.0, sequences), .batch = std::max(1.0, sequences / 2)};
}

/// (D14) Share of the exchange's time, all turns together, that nothing hides. `compute` and `exchange`: seconds of one
/// turn through `layers` layers, without what uses a link itself. The longer of both sets the pace; the shorter one of
/// a single layer is left over at the start or the end. @pre exchange > 0, layers >= 1
[[nodiscard]] constexpr double exposed_share(double compute, double exchange, double layers, double count) {
  const double of_two = 2 * std::max(0.0, exchange - compute) + std::min(compute, exchange) / layers;
  return ((2 - count) * exchange + (count - 1) * of_two) / (count * exchange);
}

}  // namespace roofcast
