#include "hwmodels/import/hf_config_kinds.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace roofcast::hf {
namespace {

/// What checkpoints call the parts of one of our matrices. Fused projections and those named alike
/// everywhere are looked up under the name itself.
struct PartNames {
  std::string_view projection;
  std::array<std::string_view, 3> parts;
};

constexpr std::array kParts{
    PartNames{"kv_proj", {"k_proj", "v_proj"}},
    PartNames{"qkv_proj", {"q_proj", "k_proj", "v_proj"}},
    PartNames{"q_a", {"q_a_proj"}},
    PartNames{"q_b", {"q_b_proj"}},
    PartNames{"kv_a", {"kv_a_proj_with_mqa"}},
    PartNames{"absorb_k", {"kv_b_proj"}},
    PartNames{"absorb_v", {"kv_b_proj"}},
    PartNames{"output_gate", {"g_proj"}},
    PartNames{"index_q", {"indexer.wq_b"}},
    PartNames{"index_k", {"indexer.wk"}},
    PartNames{"index_weights", {"indexer.weights_proj"}},
    PartNames{"qkvz_proj", {"in_proj_qkv", "in_proj_z"}},
    PartNames{"ba_proj", {"in_proj_ba"}},
    PartNames{"gate_up_proj", {"gate_proj", "up_proj"}},
    PartNames{"shared_gate_up", {"gate_proj", "up_proj"}},
    PartNames{"shared_down", {"down_proj"}},
};

bool is_recurrent(const Attention& attention) {
  return std::holds_alternative<GatedDelta>(attention) || std::holds_alternative<KimiDelta>(attention) ||
         std::holds_alternative<Lightning>(attention) || std::holds_alternative<Mamba1>(attention) ||
         std::holds_alternative<Mamba2>(attention) || std::holds_alternative<ShortConv>(attention);
}

std::vector<std::string_view> parts_of(const Projection& projection, const Attention& attention) {
  // Output projections of recurrent layers are called out_proj; block-sparse layers have no indexer module.
  if (projection.name == "o_proj" && is_recurrent(attention)) return {"out_proj"};
  if (projection.name == "index_q" && std::holds_alternative<BlockSparse>(attention)) return {"index_q_proj"};
  if (projection.name == "index_k" && std::holds_alternative<BlockSparse>(attention)) return {"index_k_proj"};
  const auto known = std::ranges::find(kParts, projection.name, &PartNames::projection);
  if (known == kParts.end()) return {projection.name};
  std::vector<std::string_view> parts;
  for (const auto part : known->parts)
    if (!part.empty()) parts.push_back(part);
  return parts;
}

/// Parameters by format; becomes one format.
class Mixture {
 public:
  void add(const WeightFormat& format, double params) {
    auto& share = shares_[format.name];
    share.format = format;
    share.params += params;
  }

  [[nodiscard]] WeightFormat format_or(const WeightFormat& none) const {
    if (shares_.empty()) return none;
    double bytes = 0, params = 0;
    std::vector<Share> by_size;
    for (const auto& [name, share] : shares_) {
      bytes += share.params * share.format.bytes_per_weight;
      params += share.params;
      by_size.push_back(share);
    }
    if (by_size.size() == 1 || params <= 0) return by_size.front().format;
    std::ranges::stable_sort(by_size, std::greater{}, &Share::params);
    std::vector<std::string> names;
    for (const auto& share : by_size) names.push_back(share.format.name);
    return {fmt::format("{}", fmt::join(names, "+")), bytes / params, by_size.front().format.compute};
  }

 private:
  struct Share {
    WeightFormat format{};
    double params = 0;
  };
  std::map<std::string, Share> shares_{};
};

}  // namespace

ModuleFormats module_formats(const Quantization& quantization, const Layer& layer, const ModuleNames& names, int index,
                             int hidden) {
  const auto format_of = [&](std::string_view module, std::string_view part, bool expert) {
    return quantization.format_of(index, fmt::format("layers.{}.{}.{}", index, module, part), expert);
  };
  Mixture attention, mlp;
  const bool recurrent = is_recurrent(layer.attention);
  for (const auto& projection : parts(layer.attention, hidden).projections) {
    const auto pieces = parts_of(projection, layer.attention);
    for (const auto piece : pieces)
      attention.add(format_of(recurrent ? names.recurrent : names.attention, piece, false),
                    projection.params() / static_cast<double>(pieces.size()));
  }
  const auto ffn = parts(layer.ffn, hidden);
  for (const auto& projection : ffn.projections) {
    if (projection.module != Module::mlp) continue;  // routers are never quantised
    const auto pieces = parts_of(projection, layer.attention);
    for (const auto piece : pieces)
      mlp.add(format_of(projection.name.starts_with("shared") ? names.shared : names.dense, piece, false),
              projection.params() / static_cast<double>(pieces.size()));
  }
  const auto& plain = quantization.plain;
  return {.attention = attention.format_or(plain),
          .mlp = mlp.format_or(plain),
          .experts = ffn.experts ? format_of(names.experts, names.expert_part, true) : plain};
}

}  // namespace roofcast::hf
