#pragma once

#include "core/model_spec.hpp"

namespace roofcast {

/// (M1) Parameter counts of a model in the three conventions that model cards use.
struct ParameterCounts {
  double total = 0;     ///< language model: embeddings, layers, head
  double active = 0;    ///< with both embeddings, top-k experts only
  double streamed = 0;  ///< what one decode token is multiplied with: no input-embedding table
  double stored = 0;    ///< total + vision towers + MTP layers in the checkpoint
};

[[nodiscard]] ParameterCounts parameters(const ModelSpec& model);

/// Parameters of one layer of this kind, all experts / only the chosen ones.
[[nodiscard]] double layer_parameters(const LayerKind& kind, int hidden);
[[nodiscard]] double active_layer_parameters(const LayerKind& kind, int hidden);

}  // namespace roofcast
