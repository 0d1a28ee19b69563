#pragma once

#include <span>
#include <vector>

namespace roofcast {

/// The value below which a share `at` (0..1) of the values lies, linear between neighbours. 0 for none.
[[nodiscard]] double quantile(std::vector<double> values, double at);

/// How far predictions are from measurements, in percent of the measurement: |predicted / measured - 1|.
struct Accuracy {
  int rows = 0;
  double bias_percent = 0;    ///< median of the signed error: positive predicts too slow
  double median_percent = 0;  ///< of the absolute error
  double mean_percent = 0;
  double p90_percent = 0;
  double max_percent = 0;
  double time_weighted_percent = 0;  ///< sum of |predicted - measured| over sum of measured: what serving feels

  friend bool operator==(const Accuracy&, const Accuracy&) = default;
};

/// @pre as many predictions as measurements, all of them positive.
[[nodiscard]] Accuracy accuracy(std::span<const double> predicted, std::span<const double> measured);

}  // namespace roofcast
