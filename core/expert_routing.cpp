#include "core/expert_routing.hpp"

#include <algorithm>
#include <cmath>

#include "core/normal_law.hpp"

namespace roofcast {

double largest_deviation(int n) {
  if (n <= 1) return 0;
  constexpr double kMost = 9, kStep = 1.0 / 64;  // beyond kMost lies less than a double can tell of 1
  double sum = 0;
  for (double x = kStep / 2; x < kMost; x += kStep)
    sum += 1 - std::pow(normal_share_below(x), n) - std::pow(normal_share_below(-x), n);
  return sum * kStep;
}

double drawn_imbalance(const ExpertBank& bank, double ranks, double tokens, double deviation) {
  if (ranks <= 1 || bank.experts <= 1) return 1;
  const double share = 1 / ranks, mean = tokens * bank.top_k * share;
  // Choices of one token are without replacement.
  const double variance = mean * (1 - share) * (bank.experts - bank.top_k) / (bank.experts - 1);
  const double skew = (deviation * deviation - 1) / 6 * (1 - 2 * share);
  const double most = tokens * std::min(bank.top_k, bank.experts * share);
  return std::clamp(mean + deviation * std::sqrt(variance) + std::max(0.0, skew), mean, most) / mean;
}

}  // namespace roofcast
