#pragma once

/// A calibration of any operator whose time is made of KernelTerms, checked and ready for use.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/calibrated/bound_fields.hpp"
#include "core/calibrated/kernel_terms.hpp"
#include "core/calibrated/residual_interval.hpp"
#include "core/calibration.hpp"
#include "core/nearest_name.hpp"
#include "core/result.hpp"

namespace roofcast {

/// (K2) Where the forms are better or worse than on average: launches repeat well.
inline constexpr std::array<IntervalFeature, 2> kFormFeatures{
    IntervalFeature{"launch_share", -0.5},     // of the time
    IntervalFeature{"octaves_outside", 0.1}};  // of all inputs, beyond the rows of the fit
using FormFeatures = std::array<double, kFormFeatures.size()>;
[[nodiscard]] inline FormFeatures form_features(const KernelTerms& terms, double octaves_outside) {
  return {terms.launch / terms.total(), octaves_outside};
}

template <class Form>
struct CalibratedForm {
  using Inputs = std::array<double, Form::inputs.size()>;

  typename Form::Parameters parameters{};
  Inputs least{};  ///< of the rows of the fit
  Inputs most{};
  ResidualInterval<kFormFeatures.size()> interval{};
  double widening = 1;  ///< of the interval: above 1 where the figures are a relative's
};

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

/// Everything that is wrong with a calibration, all at once.
template <class Form>
[[nodiscard]] Result<CalibratedForm<Form>> calibrated_form(const Calibration& calibration) {
  CalibratedForm<Form> out;
  Errors errors;
  bind_parameters(calibration, out.parameters, errors);
  for (std::size_t i = 0; i < Form::inputs.size(); ++i) {
    const auto it = std::ranges::find(calibration.ranges, Form::inputs[i], &FittedRange::input);
    if (it == calibration.ranges.end()) {
      errors.push_back({text(calibration.key), fmt::format("range '{}' is missing", Form::inputs[i]), {}});
      continue;
    }
    out.least[i] = it->least;
    out.most[i] = it->most;
  }
  bind_interval(calibration, kFormFeatures, out.interval, errors);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

/// Time, interval and grade: `extrapolated` outside the rows of the fit and for borrowed figures.
template <class Form>
[[nodiscard]] CalibratedTime predicted(const CalibratedForm<Form>& calibrated, const KernelSetting& setting,
                                       const typename Form::Call& call) {
  const auto terms = Form::terms(calibrated.parameters, setting, call);
  const auto inputs = Form::values(call);
  double outside = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    outside += octaves_outside(inputs[i], calibrated.least[i], calibrated.most[i]);
  const double scale = calibrated.widening * calibrated.interval.scale(form_features(terms, outside));
  const bool inside = outside == 0 && calibrated.widening == 1;
  return calibrated.interval.around(terms.total(), terms.roof, scale, inside ? Grade::calibrated : Grade::extrapolated);
}

}  // namespace roofcast
