#pragma once

/// What every calibrated form takes from its calibration beside parameters: the rows' ranges and the interval.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/calibrated/residual_interval.hpp"
#include "core/calibration.hpp"
#include "core/nearest_name.hpp"
#include "core/result.hpp"

namespace roofcast {

/// Least and most of every input among the rows of the fit. Problems go to `errors`.
template <std::size_t Count>
void bind_ranges(const Calibration& calibration, const std::array<std::string_view, Count>& inputs,
                 std::array<double, Count>& least, std::array<double, Count>& most, Errors& errors) {
  for (std::size_t i = 0; i < Count; ++i) {
    const auto it = std::ranges::find(calibration.ranges, inputs[i], &FittedRange::input);
    if (it == calibration.ranges.end()) {
      errors.push_back({text(calibration.key), fmt::format("range '{}' is missing", inputs[i]), {}});
      continue;
    }
    least[i] = it->least;
    most[i] = it->most;
  }
}

/// Quantiles and weights of the interval, by the names of `features`. Problems go to `errors`.
template <std::size_t Count>
void bind_interval(const Calibration& calibration, const std::array<IntervalFeature, Count>& features,
                   ResidualInterval<Count>& out, Errors& errors) {
  out.low = calibration.residuals.low;
  out.high = calibration.residuals.high;
  std::vector<std::string> known;
  for (const auto& feature : features) known.emplace_back(feature.name);
  for (const auto& widening : calibration.residuals.widenings) {
    const auto it = std::ranges::find(known, widening.feature);
    if (it == known.end())
      errors.push_back({text(calibration.key), fmt::format("unknown widening '{}'", widening.feature),
                        did_you_mean(widening.feature, known)});
    else
      out.weights[static_cast<std::size_t>(it - known.begin())] = widening.weight;
  }
}

}  // namespace roofcast
