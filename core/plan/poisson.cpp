#include "core/plan/poisson.hpp"

#include <algorithm>
#include <cmath>

#include "core/bisection.hpp"

namespace roofcast {
namespace {

constexpr double kNegligible = 1e-18;  // terms below this much of the largest add nothing

/// The largest count that any mean here reaches with a probability worth counting.
double far_above(double mean) {
  return std::ceil(mean + 40 * std::sqrt(mean) + 100);
}

}  // namespace

double poisson_share(double mean, double most) {
  if (most < 0) return 0;
  if (mean <= 0) return 1;
  // Sums outwards from the likeliest count that is counted: no term overflows, none that matters underflows.
  const double top = std::floor(std::min(mean, most));
  const double first = std::exp(top * std::log(mean) - mean - std::lgamma(top + 1));
  double sum = first;
  for (double k = top, term = first; k > 0 && term > kNegligible * first; --k) sum += term *= k / mean;
  for (double k = top + 1, term = first; k <= most && term > kNegligible * first; ++k) sum += term *= mean / k;
  return std::min(sum, 1.0);
}

double poisson_quantile(double mean, double share) {
  return 1 + last_true(0, far_above(mean), [&](double k) { return poisson_share(mean, k) < share; });
}

double poisson_mean(double most, double share) {
  const auto within = [&](double mean) { return poisson_share(mean, most) >= share; };
  double high = most + 1;
  while (within(high)) high *= 2;
  return crossing(0, high, 1e-12, within).low;
}

}  // namespace roofcast
