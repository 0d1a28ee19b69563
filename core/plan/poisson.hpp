#pragma once

namespace roofcast {

/// (F2) P(N <= most) of a Poisson count with that mean.
[[nodiscard]] double poisson_share(double mean, double most);

/// (F2) Smallest count that holds at least `share` of the probability.
[[nodiscard]] double poisson_quantile(double mean, double share);

/// (F2) Largest mean whose quantile at `share` is at most `most`; 0 < share < 1.
[[nodiscard]] double poisson_mean(double most, double share);

}  // namespace roofcast
