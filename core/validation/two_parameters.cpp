#include "core/validation/two_parameters.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace roofcast {
namespace {

constexpr int kRounds = 40;
constexpr double kSmallestError = 1e-3;  // rows met this well weigh no more

/// Least weighted squares of (overhead + slowdown x roof) / measured - 1 over overhead, slowdown >= 0.
TwoParameters weighted_fit(std::span<const double> roofs, std::span<const double> measured,
                           std::span<const double> weights) {
  double aa = 0, ab = 0, bb = 0, a1 = 0, b1 = 0;
  for (std::size_t i = 0; i < roofs.size(); ++i) {
    const double a = 1 / measured[i], b = roofs[i] / measured[i], w = weights[i];
    aa += w * a * a;
    ab += w * a * b;
    bb += w * b * b;
    a1 += w * a;
    b1 += w * b;
  }
  const double determinant = aa * bb - ab * ab;
  if (determinant > 1e-12 * aa * bb) {
    const TwoParameters p{(a1 * bb - b1 * ab) / determinant, (b1 * aa - a1 * ab) / determinant};
    if (p.overhead >= 0 && p.slowdown >= 0) return p;
    if (p.slowdown < 0) return {.overhead = a1 / aa, .slowdown = 0};
  }
  return bb > 0 ? TwoParameters{.overhead = 0, .slowdown = b1 / bb} : TwoParameters{.overhead = a1 / aa};
}

}  // namespace

std::optional<TwoParameters> two_parameters(std::span<const double> roofs, std::span<const double> measured) {
  assert(roofs.size() == measured.size());
  if (roofs.size() < 3) return {};
  // Iteratively reweighted least squares: weights 1 / |error| turn squares into absolute errors.
  std::vector<double> weights(roofs.size(), 1);
  TwoParameters best{}, last{};
  double least = INFINITY;
  for (int round = 0; round < kRounds; ++round) {
    last = weighted_fit(roofs, measured, weights);
    double sum = 0;
    for (std::size_t i = 0; i < roofs.size(); ++i) {
      const double error = std::abs(last.time(roofs[i]) / measured[i] - 1);
      sum += error;
      weights[i] = 1 / std::max(error, kSmallestError);
    }
    if (sum < least) {
      least = sum;
      best = last;
    }
  }
  return best;
}

}  // namespace roofcast
