#include "core/activations.hpp"

#include <algorithm>
#include <variant>

namespace roofcast {
namespace {

/// Elements alive at once inside one layer besides the residual stream: in its mixer, in its FFN.
struct LayerElements {
  double mixer = 0;
  double ffn = 0;
};

/// Per token of the step.
LayerElements layer_elements(const LayerKind& kind, double hidden, const Deployment& d) {
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
  return {.mixer = mixer, .ffn = mlp + experts};
}

/// Elements of the keys and values that a latent layer expands from cached rows, beside the tokens of the step.
double expanded_elements(const LayerKind& kind, const Deployment& d, const Engine& engine) {
  const auto* mla = std::get_if<Latent>(&kind.attention);
  if (mla == nullptr) return 0;
  return static_cast<double>(engine.latent_workspace_rows) * mla->q_heads / d.tp * (mla->nope_dim + mla->v_dim);
}

}  // namespace

Bytes activation_peak(const ModelSpec& model, const Deployment& d, const Engine& engine, double batched_tokens,
                      double sequences) {
  const double hidden = model.hidden;
  double widest = 0;
  for (const auto& kind : model.kinds) {
    const LayerElements e = layer_elements(kind, hidden, d);
    widest = std::max({widest, batched_tokens * e.mixer + expanded_elements(kind, d, engine), batched_tokens * e.ffn});
  }
  const double forward = (batched_tokens * 3 * hidden + widest) * kActivationBytes;  // residual, normed input, output
  const double sampling = sequences * static_cast<double>(model.vocab) * engine.sampling_bytes;
  return Bytes{std::max(forward, sampling)};
}

}  // namespace roofcast
