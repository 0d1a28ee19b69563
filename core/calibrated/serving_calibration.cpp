#include "core/calibrated/serving_calibration.hpp"

#include <algorithm>
#include <cmath>

namespace roofcast {
namespace {

constexpr double kExtrapolatedWidth = 1.5;  // of the band's logarithm

RatioBand widened(const RatioBand& band) {
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

ServingFit fit_at(const ServingCalibration& c, const ServingPlace& place) {
  return {.seen = std::ranges::find(c.hardware, place.device) != c.hardware.end() && place.gpus <= c.range.most_gpus &&
                  place.experts == c.experts,
          .most_batch = c.range.most_batch,
          .most_tokens = c.range.most_tokens,
          .small_batch = c.small_batch,
          .large_batch = c.large_batch,
          .first_token = c.first_token,
          .small_batch_beyond = widened(c.small_batch),
          .large_batch_beyond = widened(c.large_batch),
          .first_token_beyond = widened(c.first_token)};
}

Grade serving_grade(const ServingFit& fit, double batch, double tokens) {
  const bool inside = fit.seen && batch <= fit.most_batch && tokens <= fit.most_tokens;
  return inside ? Grade::calibrated : Grade::extrapolated;
}

RatioBand step_band(const ServingFit& fit, double batch, double tokens) {
  const bool inside = serving_grade(fit, batch, tokens) == Grade::calibrated;
  if (batch <= kSmallBatch) return inside ? fit.small_batch : fit.small_batch_beyond;
  return inside ? fit.large_batch : fit.large_batch_beyond;
}

RatioBand first_token_band(const ServingFit& fit, double batch, double tokens) {
  return serving_grade(fit, batch, tokens) == Grade::calibrated ? fit.first_token : fit.first_token_beyond;
}

}  // namespace roofcast
