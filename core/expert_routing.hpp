#pragma once

#include "core/attention/layer_parts.hpp"

namespace roofcast {

/// How unevenly tokens meet the ranks that hold experts.
struct ExpertRouting {
  double imbalance = 1;  ///< choices that meet the busiest rank, over the mean of all ranks
  bool drawn = false;    ///< instead: what uniform draws lead to (D10)

  friend bool operator==(const ExpertRouting&, const ExpertRouting&) = default;
};

/// Expected largest of `n` draws from the standard normal distribution; 0 for one draw.
[[nodiscard]] double largest_deviation(int n);

/// (D10) Expected choices that meet the busiest of `ranks` ranks, over the mean, when `tokens` tokens draw their
/// experts uniformly; `deviation` = largest_deviation(ranks).
[[nodiscard]] double drawn_imbalance(const ExpertBank& bank, double ranks, double tokens, double deviation);

}  // namespace roofcast
