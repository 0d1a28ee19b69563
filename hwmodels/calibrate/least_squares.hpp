#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace roofcast {

/// A positive number that a fit may move between bounds. It is moved in its logarithm.
struct FreeParameter {
  std::string name{};
  double start = 1;
  double least = 0;  ///< > 0
  double most = 0;   ///< > least

  friend bool operator==(const FreeParameter&, const FreeParameter&) = default;
};

struct LeastSquaresProblem {
  std::vector<FreeParameter> parameters{};
  std::vector<std::size_t> rows{};    ///< that count; others are held out
  std::vector<double> ln_measured{};  ///< of every row
  std::vector<double> weights{};      ///< of the residuals' squares; empty: 1 each
  double start_weight = 0;            ///< of ln(value / start)^2: what rows do not fix stays near where it starts
  std::function<double(std::span<const double> values, std::size_t row)> ln_predicted{};
};

struct LeastSquaresOptions {
  int starts = 3;            ///< the given one, then points spread around it
  double loss_scale = 0.08;  ///< residuals well above this count linearly, not squared
  int iterations = 100;      ///< per start
};

struct LeastSquaresFit {
  std::vector<double> values{};
  std::vector<double> deviations{};  ///< standard deviations of ln(value), from the curvature at the optimum
  std::vector<bool> at_bound{};
  double cost = 0;  ///< half the sum that was minimised
};

/// Minimises the sum of loss(weight x ln(predicted / measured)^2) and start_weight x ln(value / start)^2 within the
/// bounds, loss(s) = 2 a^2 (sqrt(1 + s / a^2) - 1) with a = loss_scale: Ceres' Levenberg-Marquardt from several
/// starts, the best of which is returned. The same input gives the same output: starts come from a fixed sequence, one
/// thread.
/// @pre at least as many rows as parameters.
[[nodiscard]] LeastSquaresFit least_squares(const LeastSquaresProblem& problem,
                                            const LeastSquaresOptions& options = {});

}  // namespace roofcast
