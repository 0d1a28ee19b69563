#include "hwmodels/import/hf_config_kinds.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

namespace roofcast::hf {
namespace {

std::string_view word_for(const GroupedQuery& a) {
  return a.shared_cache ? "shared-cache" : a.window == 0 ? "full" : a.chunked ? "chunked" : "sliding";
}
std::string_view word_for(const Latent& a) {
  return a.index_top_k == 0 ? "latent" : a.index_heads > 0 ? "latent-indexed" : "latent-shared-index";
}
std::string_view word_for(const CompressedShared& a) {
  return a.ratio == 0 ? "window" : a.index_heads > 0 ? "compressed-sparse" : "compressed-heavily";
}
std::string_view word_for(const NoMixer&) {
  return "";
}
template <class Mixer>
std::string_view word_for(const Mixer&) {
  return Mixer::kind;
}

std::string_view word_for(const Ffn& ffn) {
  return std::holds_alternative<MixtureOfExperts>(ffn) ? "moe" : std::holds_alternative<DenseFfn>(ffn) ? "dense" : "";
}

/// "full", "sliding-moe", ... : the FFN is named where a model has several or the layer has no mixer.
std::string base_name(const LayerKind& kind, bool several_ffns) {
  const auto mixer = std::visit([](const auto& a) { return word_for(a); }, kind.attention);
  const auto ffn = word_for(kind.ffn);
  if (mixer.empty()) return ffn.empty() ? "empty" : std::string{ffn};
  return several_ffns && !ffn.empty() ? fmt::format("{}-{}", mixer, ffn) : std::string{mixer};
}

void name_kinds(std::vector<LayerKind>& kinds) {
  std::set<std::string_view> ffns;
  for (const auto& kind : kinds)
    if (!std::holds_alternative<NoMixer>(kind.attention)) ffns.insert(word_for(kind.ffn));
  std::set<std::string> taken;
  for (auto& kind : kinds) {
    const auto base = base_name(kind, ffns.size() > 1);
    kind.name = base;
    for (int n = 2; !taken.insert(kind.name).second; ++n) kind.name = fmt::format("{}-{}", base, n);
  }
}

bool alike(const LayerKind& a, const LayerKind& b) {
  return a.attention == b.attention && a.ffn == b.ffn && a.formats == b.formats && a.small_params == b.small_params;
}

}  // namespace

void gather_kinds(const Draft& draft, const Quantization& quantization, ModelSpec& model) {
  for (std::size_t i = 0; i < draft.layers.size(); ++i) {
    const auto& layer = draft.layers[i];
    const LayerKind kind{
        .attention = layer.attention,
        .ffn = layer.ffn,
        .formats = module_formats(quantization, layer, draft.modules, static_cast<int>(i), draft.hidden),
        .small_params = layer.small_params};
    const auto known = std::ranges::find_if(model.kinds, [&](const LayerKind& k) { return alike(k, kind); });
    model.layers.push_back(static_cast<int>(known - model.kinds.begin()));
    if (known == model.kinds.end()) model.kinds.push_back(kind);
  }
  name_kinds(model.kinds);
}

}  // namespace roofcast::hf
