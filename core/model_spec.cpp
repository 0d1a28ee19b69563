#include "core/model_spec.hpp"

#include <algorithm>
#include <cstddef>

namespace roofcast {

bool has_experts(const ModelSpec& model) {
  return std::ranges::any_of(model.kinds, [](const LayerKind& k) { return parts(k.ffn, 1).experts.has_value(); });
}

LayerParts parts(const LayerKind& kind, int hidden) {
  LayerParts p = parts(kind.attention, hidden);
  p.append(parts(kind.ffn, hidden));
  p.small_params += kind.small_params;
  return p;
}

const WeightFormat& matrix_format(const ModuleFormats& formats, const Projection& matrix, const WeightFormat& plain) {
  const auto own = std::ranges::find(formats.exceptions, matrix.name, &MatrixFormat::matrix);
  if (own != formats.exceptions.end()) return own->format;
  switch (matrix.module) {
    case Module::attention:
      return formats.attention;
    case Module::mlp:
      return formats.mlp;
    case Module::experts:
      return formats.experts;
    default:
      return plain;
  }
}

std::vector<WeightFormat> stored_formats(const LayerKind& kind) {
  std::vector<WeightFormat> formats{kind.formats.attention, kind.formats.mlp, kind.formats.experts};
  for (const auto& exception : kind.formats.exceptions) formats.push_back(exception.format);
  return formats;
}

WeightFormat plain_format(const ModelSpec& model) {
  return {.name = model.dtype, .bytes_per_weight = model_element_bytes(model)};
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
