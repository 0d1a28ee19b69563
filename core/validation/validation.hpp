#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/accuracy.hpp"
#include "core/validation/prediction.hpp"

namespace roofcast {

/// A measured time that its roof says is too short.
struct BelowRoof {
  std::size_t figure = 0;  ///< the one furthest below
  double share = 1;        ///< measured / roof
  std::string cause{};     ///< what may explain it
};

/// A measured row beside what is predicted for it.
struct ScoredRow {
  MeasuredRow row{};
  std::size_t file = 0;  ///< index into Validation::files
  std::size_t line = 0;
  Prediction prediction{};
  Prediction roof{};  ///< the roofline; the same as `prediction` without a calibration
  std::array<std::optional<double>, kMostFigures> two_parameters{};
  std::optional<BelowRoof> below_roof{};

  /// |predicted / measured - 1| of the scored figure, in percent.
  [[nodiscard]] std::optional<double> ape_percent() const;
};

/// Errors of the rows of one group, and of the baselines over the very same rows.
struct GroupScore {
  std::string grouping{};  ///< "variant"
  std::size_t op = 0;
  std::size_t figure = 0;
  std::string group{};  ///< "MQA"
  Accuracy accuracy{};
  std::optional<double> inside_percent{};  ///< measured within low..high; absent without intervals
  Accuracy roofline{};
  std::optional<Accuracy> two_parameters{};  ///< over the rows that have such a fit
};

/// How far runs of one and the same row are from each other, in percent of its median: no prediction of a single
/// run can be better.
struct RepeatNoise {
  std::size_t rows = 0;  ///< that say it
  double median_percent = 0;
  double p90_percent = 0;
};

struct Validation {
  std::vector<std::string> files{};
  std::vector<ScoredRow> rows{};
  std::vector<GroupScore> scores{};

  [[nodiscard]] std::string where(const ScoredRow& row) const;  ///< "file.csv:12"
  [[nodiscard]] std::size_t predicted() const;
  /// Largest median APE of any op and figure; nullopt when nothing was predicted.
  [[nodiscard]] std::optional<double> worst_median_percent() const;
  [[nodiscard]] std::optional<RepeatNoise> repeat_noise() const;
  /// Indices of rows with the largest errors, the worst first.
  [[nodiscard]] std::vector<std::size_t> worst_rows(std::size_t most) const;
};

/// Rows with predictions, file by file, become a validation: baselines fitted, groups scored.
[[nodiscard]] Validation scored(std::vector<std::string> files, std::vector<ScoredRow> rows);

}  // namespace roofcast
