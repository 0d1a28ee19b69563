#include "hwmodels/calibrate/least_squares.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include <ceres/ceres.h>
#include <Eigen/Dense>

namespace roofcast {
namespace {

/// ln(predicted) - ln(measured) of one row, in the logarithms of the parameters.
class RowResidual final : public ceres::CostFunction {
 public:
  RowResidual(const LeastSquaresProblem& problem, std::size_t row)
      : problem_{problem}, row_{row}, weight_{problem.weights.empty() ? 1 : std::sqrt(problem.weights[row])} {
    set_num_residuals(1);
    mutable_parameter_block_sizes()->push_back(static_cast<int>(problem.parameters.size()));
  }

  bool Evaluate(double const* const* parameters, double* residuals, double** jacobians) const override {
    const auto count = problem_.parameters.size();
    std::vector<double> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = std::exp(parameters[0][i]);
    const double here = problem_.ln_predicted(values, row_);
    residuals[0] = weight_ * (here - problem_.ln_measured[row_]);
    if (jacobians == nullptr || jacobians[0] == nullptr) return std::isfinite(here);
    constexpr double kStep = 1e-6;  // far above rounding, far below what the forms' soft limits round off
    for (std::size_t i = 0; i < count; ++i) {
      const double value = values[i];
      values[i] = value * std::exp(kStep);
      jacobians[0][i] = weight_ * (problem_.ln_predicted(values, row_) - here) / kStep;
      values[i] = value;
    }
    return std::isfinite(here);
  }

 private:
  const LeastSquaresProblem& problem_;
  std::size_t row_;
  double weight_;
};

/// sqrt(weight) x ln(value / start) of every parameter.
class StartResidual final : public ceres::CostFunction {
 public:
  explicit StartResidual(const LeastSquaresProblem& problem) : problem_{problem} {
    set_num_residuals(static_cast<int>(problem.parameters.size()));
    mutable_parameter_block_sizes()->push_back(num_residuals());
  }

  bool Evaluate(double const* const* parameters, double* residuals, double** jacobians) const override {
    const auto count = problem_.parameters.size();
    const double root = std::sqrt(problem_.start_weight);
    for (std::size_t i = 0; i < count; ++i)
      residuals[i] = root * (parameters[0][i] - std::log(problem_.parameters[i].start));
    if (jacobians == nullptr || jacobians[0] == nullptr) return true;
    for (std::size_t i = 0; i < count * count; ++i) jacobians[0][i] = i % (count + 1) == 0 ? root : 0;
    return true;
  }

 private:
  const LeastSquaresProblem& problem_;
};

/// Point `n` of Halton's sequence in dimension `i`: spread evenly, the same every time.
double halton(std::size_t n, std::size_t i) {
  constexpr std::size_t kPrimes[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53};
  const std::size_t base = kPrimes[i % std::size(kPrimes)];
  double share = 0, digit = 1;
  for (std::size_t k = n; k > 0; k /= base) {
    digit /= static_cast<double>(base);
    share += digit * static_cast<double>(k % base);
  }
  return share;
}

/// Later starts are up to a factor of 4 from the given point: parameters have physical scales.
std::vector<double> start_point(const LeastSquaresProblem& problem, int start) {
  constexpr double kFarthest = 1.4;  // ln 4
  std::vector<double> ln_values;
  for (std::size_t i = 0; i < problem.parameters.size(); ++i) {
    const auto& p = problem.parameters[i];
    const double away = start == 0 ? 0 : kFarthest * (2 * halton(static_cast<std::size_t>(start), i) - 1);
    ln_values.push_back(std::clamp(std::log(p.start) + away, std::log(p.least), std::log(p.most)));
  }
  return ln_values;
}

/// Standard deviations of the logarithms: the residuals' spread through the inverse curvature. A direction
/// without curvature counts as fixed.
std::vector<double> deviations(ceres::Problem& problem, std::size_t rows, std::size_t count, double& cost) {
  ceres::CRSMatrix jacobian;
  problem.Evaluate({}, &cost, nullptr, nullptr, &jacobian);
  const Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> dense(
      jacobian.values.data(), jacobian.num_rows, jacobian.num_cols);
  const Eigen::MatrixXd curvature = dense.transpose() * dense;
  const Eigen::MatrixXd covariance = curvature.completeOrthogonalDecomposition().pseudoInverse();
  const double spread = 2 * cost / static_cast<double>(std::max<std::size_t>(1, rows - count));
  std::vector<double> out;
  for (Eigen::Index i = 0; i < covariance.rows(); ++i)
    out.push_back(std::sqrt(std::max(0.0, covariance(i, i) * spread)));
  return out;
}

}  // namespace

LeastSquaresFit least_squares(const LeastSquaresProblem& problem, const LeastSquaresOptions& options) {
  const auto count = problem.parameters.size();
  assert(problem.rows.size() >= count);
  std::vector<double> point(count), best;
  ceres::SoftLOneLoss loss(options.loss_scale);
  ceres::Problem::Options ownership;
  ownership.loss_function_ownership = ceres::DO_NOT_TAKE_OWNERSHIP;
  ceres::Problem rows(ownership);
  for (const auto row : problem.rows) rows.AddResidualBlock(new RowResidual(problem, row), &loss, point.data());
  if (problem.start_weight > 0) rows.AddResidualBlock(new StartResidual(problem), nullptr, point.data());
  for (std::size_t i = 0; i < count; ++i) {
    rows.SetParameterLowerBound(point.data(), static_cast<int>(i), std::log(problem.parameters[i].least));
    rows.SetParameterUpperBound(point.data(), static_cast<int>(i), std::log(problem.parameters[i].most));
  }

  ceres::Solver::Options solver;
  solver.linear_solver_type = ceres::DENSE_QR;
  solver.max_num_iterations = options.iterations;
  solver.function_tolerance = 1e-6;
  solver.num_threads = 1;
  solver.logging_type = ceres::SILENT;
  double least = std::numeric_limits<double>::infinity();
  for (int start = 0; start < options.starts; ++start) {
    std::ranges::copy(start_point(problem, start), point.begin());  // stays where the solver knows it
    ceres::Solver::Summary summary;
    ceres::Solve(solver, &rows, &summary);
    if (summary.IsSolutionUsable() && summary.final_cost < least) {
      least = summary.final_cost;
      best = point;
    }
  }
  if (best.empty()) best = start_point(problem, 0);

  std::ranges::copy(best, point.begin());
  LeastSquaresFit fit;
  fit.deviations = deviations(rows, problem.rows.size(), count, fit.cost);
  constexpr double kNear = 1e-3;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& p = problem.parameters[i];
    fit.values.push_back(std::clamp(std::exp(best[i]), p.least, p.most));
    fit.at_bound.push_back(fit.values[i] < p.least * (1 + kNear) || fit.values[i] > p.most * (1 - kNear));
  }
  return fit;
}

}  // namespace roofcast
