#include "core/calibrated/calibrated_attention.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/calibrated/bound_fields.hpp"
#include "core/calibrated/bound_interval.hpp"

namespace roofcast {
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
  using Traits = DecodeAttentionTraits;
  for (const auto& [name, member] : {std::pair{"query_tile", &Traits::query_tile},
                                     {"product_rows", &Traits::product_rows},
                                     {"item_rows", &Traits::item_rows}})
    if (out.kernel.traits.*member < 1)
      errors.push_back({text(calibration.key), fmt::format("trait '{}' must be at least 1", name), {}});
  bind_ranges(calibration, kDecodeAttentionInputs, out.least, out.most, errors);
  bind_interval(calibration, kDecodeAttentionFeatures, out.interval, errors);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

double octaves_outside(const CalibratedDecodeAttention& calibrated, const DecodeAttentionCall& call) {
  return octaves_outside(decode_attention_inputs(call), calibrated.least, calibrated.most);
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
