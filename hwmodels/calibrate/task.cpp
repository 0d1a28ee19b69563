#include "hwmodels/calibrate/task.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/calibrated/residual_interval.hpp"
#include "hwmodels/calibrate/residual_spread.hpp"
#include "hwmodels/significant_digits.hpp"

namespace roofcast {
namespace {

constexpr int kDigits = 5;

double rounded(double value) {
  return to_digits(value, kDigits);
}

/// A judged row, and what its interval depends on.
struct Unseen {
  JudgedRow row{};
  UnseenResidual residual{};
  bool first_half = false;
};

std::vector<std::size_t> rows_where(const HoldOut& hold_out, bool apart) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < hold_out.apart.size(); ++row)
    if (hold_out.apart[row] == apart) rows.push_back(row);
  return rows;
}

std::vector<FittedRange> ranges_of(const CalibrationTask& task, const std::vector<std::size_t>& rows) {
  std::vector<FittedRange> out;
  for (std::size_t i = 0; i < task.input_names.size(); ++i) {
    const double first = task.inputs[rows.front()][i];
    FittedRange range{.input = task.input_names[i], .least = first, .most = first};
    for (const auto row : rows) {
      range.least = std::min(range.least, task.inputs[row][i]);
      range.most = std::max(range.most, task.inputs[row][i]);
    }
    out.push_back(std::move(range));
  }
  return out;
}

double octaves_of(const CalibrationTask& task, std::size_t row, const std::vector<FittedRange>& ranges) {
  double octaves = 0;
  for (std::size_t i = 0; i < ranges.size(); ++i)
    octaves += octaves_outside(task.inputs[row][i], ranges[i].least, ranges[i].most);
  return octaves;
}

JudgedRow judged(const CalibrationTask& task, std::span<const double> values, std::size_t row) {
  return {.measured_us = std::exp(task.problem.ln_measured[row]),
          .predicted_us = std::exp(task.problem.ln_predicted(values, row)),
          .groups = task.groups[row]};
}

Unseen unseen(const CalibrationTask& task, std::span<const double> values, std::size_t row,
              const std::vector<FittedRange>& ranges) {
  Unseen out{.row = judged(task, values, row)};
  out.residual = {.ln_ratio = std::log(out.row.measured_us / out.row.predicted_us),
                  .scale = task.spread_scale(values, row, octaves_of(task, row, ranges))};
  out.first_half = lot(task.inputs[row]) < 0.5;
  return out;
}

FitError error_over(const std::vector<JudgedRow>& rows, std::string rows_of) {
  std::vector<double> predicted, measured;
  for (const auto& row : rows) {
    predicted.push_back(row.predicted_us);
    measured.push_back(row.measured_us);
  }
  const auto a = accuracy(predicted, measured);
  return {.rows_of = std::move(rows_of),
          .rows = a.rows,
          .median_percent = rounded(a.median_percent),
          .p90_percent = rounded(a.p90_percent),
          .time_weighted_percent = rounded(a.time_weighted_percent)};
}

/// The unseen rows of each group of the first kind.
void add_group_errors(const std::vector<JudgedRow>& rows, std::vector<FitError>& errors) {
  for (const auto& group : accuracy_by_group(rows))
    if (!rows.front().groups.empty() && group.group.by == rows.front().groups.front().by)
      errors.push_back({.rows_of = "unseen " + group.group.name,
                        .rows = group.unseen.rows,
                        .median_percent = rounded(group.unseen.median_percent),
                        .p90_percent = rounded(group.unseen.p90_percent),
                        .time_weighted_percent = rounded(group.unseen.time_weighted_percent)});
}

/// Each half of the rows is judged by the quantiles of the other: no row widens its own interval.
void add_intervals(std::vector<Unseen>& rows) {
  for (const bool half : {false, true}) {
    std::vector<UnseenResidual> others;
    for (const auto& row : rows)
      if (row.first_half != half) others.push_back(row.residual);
    if (others.empty()) continue;
    const auto spread = residual_spread(others);
    for (auto& row : rows) {
      if (row.first_half != half) continue;
      row.row.low_us = row.row.predicted_us * std::exp(spread.low * row.residual.scale);
      row.row.high_us = row.row.predicted_us * std::exp(spread.high * row.residual.scale);
    }
  }
}

std::vector<FittedParameter> parameters_of(const CalibrationTask& task, const LeastSquaresFit& fit) {
  std::vector<FittedParameter> out;
  for (std::size_t i = 0; i < task.problem.parameters.size(); ++i)
    out.push_back({.name = task.problem.parameters[i].name,
                   .unit = task.units[i],
                   .value = rounded(fit.values[i]),
                   .deviation = rounded(fit.deviations[i]),
                   .at_bound = fit.at_bound[i]});
  return out;
}

/// All rows that some hold-out set apart, as the fits without them predict them.
std::vector<Unseen> held_out(const CalibrationTask& task, const LeastSquaresOptions& options,
                             std::vector<FitError>& errors) {
  std::vector<Unseen> all;
  for (const auto& hold_out : task.hold_outs) {
    const auto apart = rows_where(hold_out, true);
    auto others = task.problem;
    others.rows = rows_where(hold_out, false);
    if (apart.empty() || others.rows.size() < fewest_rows(task)) continue;
    const auto fit = least_squares(others, options);
    const auto ranges = ranges_of(task, others.rows);
    std::vector<JudgedRow> judged_rows;
    for (const auto row : apart) {
      auto one = unseen(task, fit.values, row, ranges);
      one.row.hold_out = hold_out.name;
      judged_rows.push_back(one.row);
      all.push_back(std::move(one));
    }
    errors.push_back(error_over(judged_rows, hold_out.name));
  }
  return all;
}

}  // namespace

void add_version(std::string& versions, const std::string& version) {
  if (version.empty() || fmt::format(", {}, ", versions).contains(fmt::format(", {}, ", version))) return;
  if (!versions.empty()) versions += ", ";
  versions += version;
}

std::size_t fewest_rows(const CalibrationTask& task) {
  return 2 * task.problem.parameters.size();
}

CalibrationRun calibrate(const CalibrationTask& task, const LeastSquaresOptions& options) {
  const auto fit = least_squares(task.problem, options);
  CalibrationRun run{.calibration = {.key = task.key,
                                     .framework_version = task.framework_version,
                                     .traits = task.traits,
                                     .parameters = parameters_of(task, fit),
                                     .ranges = ranges_of(task, task.problem.rows)}};
  auto& errors = run.calibration.errors;
  std::vector<UnseenResidual> residuals;
  for (const auto row : task.problem.rows) {
    auto one = unseen(task, fit.values, row, {});
    one.row.fitted = true;
    residuals.push_back(one.residual);
    run.rows.push_back(std::move(one.row));
  }
  errors.push_back(error_over(run.rows, "fitted"));

  auto apart = held_out(task, options, errors);
  add_intervals(apart);
  std::vector<JudgedRow> apart_rows;
  for (const auto& row : apart) apart_rows.push_back(row.row);
  if (apart.size() >= kFewestUnseen) {
    if (apart.size() >= kFewestForQuantiles) add_group_errors(apart_rows, errors);
    residuals.clear();
    for (const auto& row : apart) residuals.push_back(row.residual);
    run.calibration.residuals = residual_spread(residuals);
  } else {
    const auto fitted = residual_spread(residuals);
    run.calibration.residuals = {.low = 2 * fitted.low, .high = 2 * fitted.high};
  }
  auto& spread = run.calibration.residuals;
  spread = {.low = rounded(spread.low), .high = rounded(spread.high), .widenings = task.widenings};
  run.rows.insert(run.rows.end(), apart_rows.begin(), apart_rows.end());
  return run;
}

}  // namespace roofcast
