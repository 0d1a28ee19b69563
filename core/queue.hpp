#pragma once

#include "core/units.hpp"

namespace roofcast {

/// How long something takes that takes longer at some times than at others.
struct ServiceTime {
  Seconds mean{};
  double second_moment = 0;  ///< s^2
};

/// (W5) Mean wait for one server that takes requests in turn, when they arrive at random (Poisson): M/G/1. Infinity
/// from full load on.
[[nodiscard]] Seconds queueing_time(double requests_s, const ServiceTime& service);

/// (W6) Share of requests that find all of `places` taken, each for the share `load` of the time.
[[nodiscard]] double place_share(double places, double load);

/// (W6) Mean wait for one of `places`, each taken for `stay` on average: Sakasegawa's approximation of M/G/c.
/// `load`: share of the time that a place is taken, below 1; `variation` of stays: standard deviation over mean.
[[nodiscard]] Seconds place_time(double places, double load, Seconds stay, double variation);

/// (W7) Wait that the share `p` of requests does not exceed, when waits of those that wait at all (`share` of them) are
/// exponential around this mean over all.
[[nodiscard]] Seconds wait_quantile(Seconds mean, double share, double p);

}  // namespace roofcast
