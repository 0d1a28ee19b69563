#include "core/speculation.hpp"

#include <cmath>

namespace roofcast {

double tokens_per_step(const Speculation& s) {
  if (s.acceptance >= 1) return s.draft_tokens + 1;
  return (1 - std::pow(s.acceptance, s.draft_tokens + 1)) / (1 - s.acceptance);
}

std::optional<ModelSpec> own_draft_model(const ModelSpec& model) {
  if (model.mtp_params <= 0 || model.layers.empty()) return {};
  ModelSpec layer = model;
  layer.layers = {model.layers.back()};
  return layer;
}

}  // namespace roofcast
