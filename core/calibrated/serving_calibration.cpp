#include "core/calibrated/serving_calibration.hpp"

#include <algorithm>
#include <cmath>

namespace roofcast {
namespace {

constexpr double kExtrapolatedWidth = 1.5;  // of the band's logarithm

RatioBand widened(RatioBand band, Grade grade) {
  if (grade != Grade::extrapolated) return band;
  return {std::pow(band.low, kExtrapolatedWidth), std::pow(band.high, kExtrapolatedWidth)};
}

using Devices = std::vector<std::string> ServingCalibration::*;

const ServingCalibration* first_with(const std::vector<ServingCalibration>& fits, Devices devices,
                                     std::string_view device, bool experts) {
  const auto it = std::ranges::find_if(fits, [&](const auto& c) {
    return c.experts == experts && std::ranges::find(c.*devices, device) != (c.*devices).end();
  });
  return it == fits.end() ? nullptr : &*it;
}

}  // namespace

const ServingCalibration* serving_of(const std::vector<ServingCalibration>& fits, std::string_view device,
                                     bool experts) {
  for (const bool kind : {experts, !experts})
    for (const Devices devices : {&ServingCalibration::hardware, &ServingCalibration::relatives})
      if (const auto* fit = first_with(fits, devices, device, kind)) return fit;
  return nullptr;
}

Grade serving_grade(const ServingCalibration& c, const ServingCase& x) {
  const bool seen = std::ranges::find(c.hardware, x.device) != c.hardware.end() && x.gpus <= c.range.most_gpus &&
                    x.batch <= c.range.most_batch && x.tokens <= c.range.most_tokens && x.experts == c.experts;
  return seen ? Grade::calibrated : Grade::extrapolated;
}

RatioBand step_band(const ServingCalibration& c, const ServingCase& x) {
  return widened(x.batch <= kSmallBatch ? c.small_batch : c.large_batch, serving_grade(c, x));
}

RatioBand first_token_band(const ServingCalibration& c, const ServingCase& x) {
  return widened(c.first_token, serving_grade(c, x));
}

}  // namespace roofcast
