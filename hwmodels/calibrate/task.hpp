#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/calibration.hpp"
#include "hwmodels/calibrate/hold_out.hpp"
#include "hwmodels/calibrate/least_squares.hpp"
#include "hwmodels/calibrate/row_group.hpp"

namespace roofcast {

/// The measured rows of one kernel and the closed form they are fitted with; the operator itself is gone.
struct CalibrationTask {
  CalibrationKey key{};
  std::string framework_version{};
  std::vector<KernelTrait> traits{};
  std::vector<std::string> units{};  ///< of the problem's parameters
  LeastSquaresProblem problem{};     ///< over all rows
  std::vector<HoldOut> hold_outs{};
  std::vector<std::string> input_names{};
  std::vector<std::vector<double>> inputs{};    ///< [row][input]
  std::vector<std::vector<RowGroup>> groups{};  ///< [row]; errors are also stored by the first kind
  std::vector<ResidualSpread::Widening> widenings{};
  /// How wide a row's interval is under given parameters, when its inputs are so many octaves outside the fit.
  std::function<double(std::span<const double> values, std::size_t row, double octaves)> spread_scale{};
};

struct CalibrationRun {
  Calibration calibration{};
  std::vector<JudgedRow> rows{};  ///< all as fitted, and those apart as each hold-out saw them
};

/// Adds a version of the framework to a list "0.19.0, 0.24.0", once; rows that do not say add nothing.
void add_version(std::string& versions, const std::string& version);

/// Rows that a task needs to be fitted at all: twice its parameters.
[[nodiscard]] std::size_t fewest_rows(const CalibrationTask& task);

/// Fits all rows; then, for each hold-out, the others, to see the errors on those apart. The interval comes from
/// these; where there are too few of them, from the fitted rows, twice as wide.
/// @pre at least fewest_rows(task) rows.
[[nodiscard]] CalibrationRun calibrate(const CalibrationTask& task, const LeastSquaresOptions& options = {});

}  // namespace roofcast
