#include "core/accuracy.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace roofcast {

double quantile(std::vector<double> values, double at) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const double place = at * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

Accuracy accuracy(std::span<const double> predicted, std::span<const double> measured) {
  assert(predicted.size() == measured.size());
  if (measured.empty()) return {};
  std::vector<double> errors, signed_errors;
  double off = 0, all = 0, sum = 0;
  for (std::size_t i = 0; i < measured.size(); ++i) {
    const double error = 100 * (predicted[i] / measured[i] - 1);
    signed_errors.push_back(error);
    errors.push_back(std::abs(error));
    sum += std::abs(error);
    off += std::abs(predicted[i] - measured[i]);
    all += measured[i];
  }
  const auto rows = static_cast<double>(measured.size());
  return {.rows = static_cast<int>(measured.size()),
          .bias_percent = quantile(std::move(signed_errors), 0.5),
          .median_percent = quantile(errors, 0.5),
          .mean_percent = sum / rows,
          .p90_percent = quantile(errors, 0.9),
          .max_percent = std::ranges::max(errors),
          .time_weighted_percent = 100 * off / all};
}

}  // namespace roofcast
