#pragma once

#include <optional>
#include <span>

namespace roofcast {

/// time = overhead + roof x slowdown: the roofline with a launch time and an efficiency.
struct TwoParameters {
  double overhead = 0;  ///< in the unit of the times
  double slowdown = 1;  ///< 1 / efficiency

  [[nodiscard]] double time(double roof) const { return overhead + slowdown * roof; }

  friend bool operator==(const TwoParameters&, const TwoParameters&) = default;
};

/// The pair with the least sum of |predicted / measured - 1| over these very rows, neither below 0: a
/// baseline judged where it was fitted, at its best. nullopt for fewer than three rows.
[[nodiscard]] std::optional<TwoParameters> two_parameters(std::span<const double> roofs,
                                                          std::span<const double> measured);

}  // namespace roofcast
