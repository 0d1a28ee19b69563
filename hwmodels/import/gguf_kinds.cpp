#include "hwmodels/import/gguf_kinds.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/import/gguf_layer.hpp"

namespace roofcast {
namespace {

struct BlockElements {
  double matrices = 0;  ///< what every token, or every chosen expert, is multiplied with
  double small = 0;
};

BlockElements elements(const GgufBlock& block) {
  BlockElements sum;
  for (const auto& [name, tensor] : block.tensors) {
    // Files of a transition hold kv_b twice, whole and split; only the split one is used.
    if (name == "attn_kv_b.weight" && block.has("attn_k_b.weight")) continue;
    const auto n = static_cast<double>(tensor->elements);
    (block_role(name, *tensor) == TensorRole::small ? sum.small : sum.matrices) += n;
  }
  return sum;
}

std::string_view mixer_name(const Attention& attention) {
  if (const auto* a = std::get_if<GroupedQuery>(&attention)) {
    if (a->chunked) return "chunked";
    return a->window > 0 ? "sliding" : "full";
  }
  return std::visit([](const auto& a) { return std::string_view(a.kind); }, attention);
}

/// "full-dense", "gated_delta-moe"; a layer that is only one of both is called by it.
std::string kind_name(const LayerKind& kind) {
  const auto mixer = mixer_name(kind.attention);
  const auto ffn = std::visit([](const auto& f) { return std::string_view(f.kind); }, kind.ffn);
  if (ffn == "none") return std::string(mixer);
  return mixer == "none" ? std::string(ffn) : fmt::format("{}-{}", mixer, ffn);
}

/// Index of an equal kind, which is added where there is none yet.
int kind_index(ModelSpec& model, LayerKind kind) {
  kind.name = kind_name(kind);
  int same_name = 0;
  for (std::size_t i = 0; i < model.kinds.size(); ++i) {
    const auto& other = model.kinds[i];
    if (other.attention == kind.attention && other.ffn == kind.ffn && other.small_params == kind.small_params)
      return static_cast<int>(i);
    if (other.name == kind.name || other.name.starts_with(kind.name + "-no")) ++same_name;
  }
  if (same_name > 0) kind.name += fmt::format("-no{}", same_name + 1);
  model.kinds.push_back(std::move(kind));
  return static_cast<int>(model.kinds.size()) - 1;
}

}  // namespace

void add_gguf_layers(const GgufTensorIndex& index, const GgufArchitecture& architecture, const GgufDims& dims,
                     const std::string& origin, ModelSpec& model, Errors& errors) {
  for (int i = 0; i < dims.layers && errors.empty(); ++i) {
    const auto& block = index.blocks[static_cast<std::size_t>(i)];
    const GgufLayer layer{block, architecture, dims, origin, errors};
    LayerKind kind{.attention = gguf_mixer(layer), .ffn = gguf_ffn(layer)};
    if (!errors.empty()) return;

    const LayerParts p = parts(kind, dims.hidden);
    double matrices = 0, small = p.small_params;
    for (const auto& m : p.projections) matrices += m.params();
    if (p.experts) {
      const double biases = p.experts->experts * p.experts->bias_params;
      matrices += p.experts->experts * p.experts->expert_params() - biases;
      small += biases;
    }
    const auto held = elements(block);
    if (held.matrices != matrices) {
      errors.push_back({fmt::format("{}:/tensors/blk.{}", origin, i),
                        fmt::format("its matrices hold {:.0f} weights, those of '{}' ({}) have {:.0f}", held.matrices,
                                    architecture.name, kind_name(kind), matrices),
                        "the file is broken, or of a variant that is not supported"});
      return;
    }
    kind.small_params = held.small - small;
    model.layers.push_back(kind_index(model, std::move(kind)));
  }
}

}  // namespace roofcast
