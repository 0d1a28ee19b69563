#pragma once

/// A calibration of any operator whose time is made of KernelTerms, checked and ready for use.

#include <array>

#include "core/calibrated/bound_fields.hpp"
#include "core/calibrated/bound_interval.hpp"
#include "core/calibrated/kernel_terms.hpp"
#include "core/calibrated/residual_interval.hpp"
#include "core/calibration.hpp"
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

/// Everything that is wrong with a calibration, all at once.
template <class Form>
[[nodiscard]] Result<CalibratedForm<Form>> calibrated_form(const Calibration& calibration) {
  CalibratedForm<Form> out;
  Errors errors;
  bind_parameters(calibration, out.parameters, errors);
  bind_ranges(calibration, Form::inputs, out.least, out.most, errors);
  bind_interval(calibration, kFormFeatures, out.interval, errors);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

/// Time, interval and grade: `extrapolated` outside the rows of the fit and for borrowed figures.
template <class Form>
[[nodiscard]] CalibratedTime predicted(const CalibratedForm<Form>& calibrated, const KernelSetting& setting,
                                       const typename Form::Call& call) {
  const auto terms = Form::terms(calibrated.parameters, setting, call);
  const double outside = octaves_outside(Form::values(call), calibrated.least, calibrated.most);
  const double scale = calibrated.widening * calibrated.interval.scale(form_features(terms, outside));
  const bool inside = outside == 0 && calibrated.widening == 1;
  return calibrated.interval.around(terms.total(), terms.roof, scale, inside ? Grade::calibrated : Grade::extrapolated);
}

}  // namespace roofcast
