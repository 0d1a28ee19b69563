#include "core/validation/host_prediction.hpp"

#include <algorithm>

#include "core/host_attention.hpp"

namespace roofcast {

std::optional<Prediction> host_prediction(const MeasuredRow& row, const Device& device) {
  const auto* call = std::get_if<DecodeAttentionCall>(&row.call);
  if (call == nullptr || !device.ceilings || !row.problem.empty()) return std::nullopt;
  if (row.kernel.framework != "roofcast" || row.kernel.kernel != "roofcast_cpu") return std::nullopt;
  const std::string_view element = row.dtype == "half" ? std::string_view("fp16") : row.dtype;
  const auto t =
      host_attention_time({.batch = call->batch,
                           .context = call->window > 0 ? std::min(call->context, call->window) : call->context,
                           .heads = call->heads,
                           .kv_heads = call->kv_heads,
                           .head_dim = call->head_dim,
                           .element = element,
                           .threads = row.threads,
                           .layout = row.layout,
                           .cold = row.cold,
                           .memory = row.memory},
                          *device.ceilings);
  if (!t) return std::nullopt;
  Prediction out{.grade = Grade::calibrated, .bound = t->bound};
  out.figures[0] = PredictedFigure{t->time.in(units::us), t->low.in(units::us), t->high.in(units::us)};
  return out;
}

}  // namespace roofcast
