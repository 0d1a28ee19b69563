#pragma once

/// (C9) The interval of a calibrated time, from the residuals of rows that the fit did not see.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

#include "core/calibrated/calibrated_time.hpp"

namespace roofcast {

/// A feature of a call, and how much it widens (or narrows) the interval.
struct IntervalFeature {
  std::string_view name;
  double weight = 0;
};

/// Quantiles and weights of `Count` features, ready for use.
template <std::size_t Count>
struct ResidualInterval {
  double low = 0;   ///< of ln(measured / predicted) / scale
  double high = 0;  ///< of the same
  std::array<double, Count> weights{};

  /// 1 + sum(weight x feature), never less than a quarter.
  [[nodiscard]] double scale(const std::array<double, Count>& features) const {
    double s = 1;
    for (std::size_t i = 0; i < Count; ++i) s += weights[i] * features[i];
    return std::max(0.25, s);
  }

  /// No measurement beats the roof: the interval does not either.
  [[nodiscard]] CalibratedTime around(Seconds time, Seconds roof, double scale, Grade grade) const {
    return {.time = time,
            .low = std::max(roof, time * std::exp(low * scale)),
            .high = time * std::exp(high * scale),
            .grade = grade};
  }
};

/// Octaves by which a value lies outside least..most. Zero stands for "none" and is no octave's end: one octave.
[[nodiscard]] inline double octaves_outside(double value, double least, double most) {
  if (value >= least && value <= most) return 0;
  const double near = value > most ? most : least;
  return near > 0 && value > 0 ? std::abs(std::log2(value / near)) : 1;
}

/// The same of several inputs together.
template <std::size_t Count>
[[nodiscard]] double octaves_outside(const std::array<double, Count>& values, const std::array<double, Count>& least,
                                     const std::array<double, Count>& most) {
  double octaves = 0;
  for (std::size_t i = 0; i < Count; ++i) octaves += octaves_outside(values[i], least[i], most[i]);
  return octaves;
}

}  // namespace roofcast
