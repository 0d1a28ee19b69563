#include "core/queue.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofcast {

Seconds queueing_time(double requests_s, const ServiceTime& service) {
  const double load = requests_s * service.mean.in(units::s);
  if (load >= 1) return std::numeric_limits<double>::infinity() * units::s;
  return requests_s * service.second_moment / (2 * (1 - load)) * units::s;
}

double place_share(double places, double load) {
  return std::pow(load, std::sqrt(2 * (places + 1)) - 1);
}

Seconds place_time(double places, double load, Seconds stay, double variation) {
  if (load >= 1) return std::numeric_limits<double>::infinity() * units::s;
  const double waits = place_share(places, load) / (places * (1 - load));
  return (1 + variation * variation) / 2 * waits * stay;
}

Seconds wait_quantile(Seconds mean, double share, double p) {
  if (share <= 1 - p || mean <= Seconds{}) return Seconds{};
  return mean / share * std::log(share / (1 - p));
}

}  // namespace roofcast
