#include "core/calibrated/calibrated_attention.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/calibrated/bound_fields.hpp"

namespace roofcast {
namespace {

void bind_ranges(const Calibration& calibration, CalibratedDecodeAttention& out, Errors& errors) {
  for (std::size_t i = 0; i < kDecodeAttentionInputs.size(); ++i) {
    const auto it = std::ranges::find(calibration.ranges, kDecodeAttentionInputs[i], &FittedRange::input);
    if (it == calibration.ranges.end()) {
      errors.push_back({text(calibration.key), fmt::format("range '{}' is missing", kDecodeAttentionInputs[i]), {}});
      continue;
    }
    out.least[i] = it->least;
    out.most[i] = it->most;
  }
}

void bind_interval(const Calibration& calibration, CalibratedDecodeAttention& out, Errors& errors) {
  out.interval.low = calibration.residuals.low;
  out.interval.high = calibration.residuals.high;
  std::vector<std::string> known;
  for (const auto& feature : kDecodeAttentionFeatures) known.emplace_back(feature.name);
  for (const auto& widening : calibration.residuals.widenings) {
    const auto it = std::ranges::find(known, widening.feature);
    if (it == known.end())
      errors.push_back({text(calibration.key), fmt::format("unknown widening '{}'", widening.feature),
                        did_you_mean(widening.feature, known)});
    else
      out.interval.weights[static_cast<std::size_t>(it - known.begin())] = widening.weight;
  }
}

}  // namespace

DecodeAttentionInputs decode_attention_inputs(const DecodeAttentionCall& call) {
  return {call.batch, call.context, call.heads, call.kv_heads, call.head_dim, call.window};
}

DecodeAttentionFeatures decode_attention_features(const DecodeAttentionTime& time, const DecodeAttentionCall& call,
                                                  double octaves_outside) {
  const Seconds from_memory = (1 - time.cached) * time.memory;
  return {(time.launch + time.combine) / time.total(),
          4 * time.cached * (1 - time.cached),
          from_memory / (from_memory + time.units + time.compute + time.launch),
          std::log2(1 + time.items_per_unit / 16),
          1 / call.batch,
          octaves_outside};
}

Result<CalibratedDecodeAttention> calibrated_decode_attention(const Calibration& calibration) {
  CalibratedDecodeAttention out;
  Errors errors;
  bind_parameters(calibration, out.kernel.parameters, errors);
  bind_traits(calibration, out.kernel.traits, errors);
  if (out.kernel.traits.query_tile < 1)
    errors.push_back({text(calibration.key), "trait 'query_tile' must be at least 1", {}});
  bind_ranges(calibration, out, errors);
  bind_interval(calibration, out, errors);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

double octaves_outside(const CalibratedDecodeAttention& calibrated, const DecodeAttentionCall& call) {
  const auto inputs = decode_attention_inputs(call);
  double octaves = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    octaves += octaves_outside(inputs[i], calibrated.least[i], calibrated.most[i]);
  return octaves;
}

CalibratedTime predicted(const CalibratedDecodeAttention& calibrated, const Machine& machine,
                         const DecodeAttentionCall& call, CacheReuse reuse) {
  const auto time = decode_attention_time(calibrated.kernel, machine, call, reuse);
  const double outside = octaves_outside(calibrated, call);
  const double scale = calibrated.widening * calibrated.interval.scale(decode_attention_features(time, call, outside));
  const bool inside = outside == 0 && calibrated.widening == 1;
  return calibrated.interval.around(time.total(), time.roof, scale, inside ? Grade::calibrated : Grade::extrapolated);
}

}  // namespace roofcast
