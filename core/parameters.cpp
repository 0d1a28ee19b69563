#include "core/parameters.hpp"

namespace roofcast {
namespace {

double matrix_parameters(const LayerParts& p) {
  double sum = p.small_params;
  for (const auto& m : p.projections) sum += m.params();
  return sum;
}

}  // namespace

double layer_parameters(const LayerKind& kind, int hidden) {
  const LayerParts p = parts(kind, hidden);
  return matrix_parameters(p) + (p.experts ? p.experts->experts * p.experts->expert_params() : 0);
}

double active_layer_parameters(const LayerKind& kind, int hidden) {
  const LayerParts p = parts(kind, hidden);
  return matrix_parameters(p) + (p.experts ? p.experts->top_k * p.experts->expert_params() : 0);
}

ParameterCounts parameters(const ModelSpec& model) {
  const double table = static_cast<double>(model.vocab) * model.hidden;
  const double ends = table * (model.tied_embeddings ? 1 : 2) + model.embedding_small_params +
                      model.final_small_params + model.lookup_params;
  ParameterCounts c{.total = ends, .active = ends};
  const auto counts = kind_counts(model, 0, model.layer_count());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    c.total += counts[i] * layer_parameters(model.kinds[i], model.hidden);
    c.active += counts[i] * active_layer_parameters(model.kinds[i], model.hidden);
  }
  c.streamed = c.active - (model.tied_embeddings ? 0 : table) - model.lookup_params;
  c.stored = c.total + model.vision_params + model.mtp_params;
  return c;
}

}  // namespace roofcast
