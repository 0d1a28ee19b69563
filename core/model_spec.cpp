#include "core/model_spec.hpp"

#include <algorithm>

#include <cstddef>

namespace roofcast {

bool mixes_experts(const ModelSpec& model) {
  return std::ranges::any_of(model.kinds,
                             [](const auto& k) { return std::holds_alternative<MixtureOfExperts>(k.ffn); });
}

LayerParts parts(const LayerKind& kind, int hidden) {
  LayerParts p = parts(kind.attention, hidden);
  p.append(parts(kind.ffn, hidden));
  p.small_params += kind.small_params;
  return p;
}

double model_element_bytes(const ModelSpec& model) {
  return model.dtype == "fp32" ? 4.0 : 2.0;
}

KvFormat model_kv_format(const ModelSpec& model) {
  return find_kv_format(model.dtype).value_or(KvFormat{});
}

std::vector<int> kind_counts(const ModelSpec& model, int first, int last) {
  std::vector<int> counts(model.kinds.size());
  for (int layer = first; layer < last; ++layer) {
    const int kind = model.layers[static_cast<std::size_t>(layer)];
    ++counts[static_cast<std::size_t>(kind)];
  }
  return counts;
}

}  // namespace roofcast
