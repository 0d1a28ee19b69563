#include "core/activations.hpp"

#include <algorithm>

namespace roofcast {
namespace {

constexpr double kActivation = 2;  // 16-bit activations

/// Elements alive at once per token inside one layer, besides the residual stream.
double layer_elements(const LayerKind& kind, double hidden, const Deployment& d) {
  const LayerParts p = parts(kind, static_cast<int>(hidden));
  double mixer = 0, mlp = 0;
  for (const auto& m : p.projections) {
    if (m.module == Module::attention && m.in == hidden) mixer += m.out * stored_share(m, d);
    if (m.module == Module::mlp) mlp += m.out == hidden ? m.in / d.tp : m.out * stored_share(m, d);
  }
  for (const auto& s : p.streams) mixer += s.output_elements / d.tp;
  double experts = 0;
  if (p.experts) {
    const auto& e = *p.experts;
    const double inner = e.intermediate / d.expert_tp();
    // Fused experts: one buffer for both GEMMs' outputs, one for the activation between them.
    experts = e.top_k * (std::max((e.matrices - 1) * inner, e.width) + inner) + e.width;
  }
  return std::max(mixer, mlp + experts);
}

}  // namespace

Bytes activation_peak(const ModelSpec& model, const Deployment& d, double batched_tokens, double sequences) {
  const double hidden = model.hidden;
  double widest = 0;
  for (const auto& kind : model.kinds) widest = std::max(widest, layer_elements(kind, hidden, d));
  const double forward = batched_tokens * (3 * hidden + widest) * kActivation;  // residual, normed input, output

  // Logits in 16 and 32 bit, probabilities and sorted logits in 32 bit, sort indices in 64 bit.
  const double sampling = sequences * static_cast<double>(model.vocab) * (2 + 4 + 4 + 4 + 8);
  return Bytes{std::max(forward, sampling)};
}

}  // namespace roofcast
