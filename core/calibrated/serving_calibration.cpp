#include "core/calibrated/serving_calibration.hpp"

#include <algorithm>
#include <cmath>

namespace roofcast {
namespace {

constexpr double kSmallBatch = 16;
constexpr double kExtrapolatedWidth = 1.5;  // of the band's logarithm

RatioBand widened(RatioBand band, Grade grade) {
  if (grade != Grade::extrapolated) return band;
  return {std::pow(band.low, kExtrapolatedWidth), std::pow(band.high, kExtrapolatedWidth)};
}

using Devices = std::vector<std::string> ServingCalibration::*;

const ServingCalibration* first_with(const std::vector<ServingCalibration>& fits, Devices devices,
                                     std::string_view device) {
  const auto it = std::ranges::find_if(
      fits, [&](const auto& c) { return std::ranges::find(c.*devices, device) != (c.*devices).end(); });
  return it == fits.end() ? nullptr : &*it;
}

}  // namespace

const ServingCalibration* serving_of(const std::vector<ServingCalibration>& fits, std::string_view device) {
  const auto* own = first_with(fits, &ServingCalibration::hardware, device);
  return own != nullptr ? own : first_with(fits, &ServingCalibration::relatives, device);
}

Grade serving_grade(const ServingCalibration& c, const ServingCase& x) {
  const bool seen = std::ranges::find(c.hardware, x.device) != c.hardware.end() && x.gpus <= c.range.most_gpus &&
                    x.batch <= c.range.most_batch && x.tokens <= c.range.most_tokens &&
                    (x.experts ? c.range.experts : c.range.dense);
  return seen ? Grade::calibrated : Grade::extrapolated;
}

RatioBand step_band(const ServingCalibration& c, const ServingCase& x) {
  const bool small = x.batch <= kSmallBatch;
  const RatioBand& band =
      x.experts ? (small ? c.experts_small : c.experts_large) : (small ? c.dense_small : c.dense_large);
  return widened(band, serving_grade(c, x));
}

RatioBand first_token_band(const ServingCalibration& c, const ServingCase& x) {
  return widened(c.first_token, serving_grade(c, x));
}

}  // namespace roofcast
