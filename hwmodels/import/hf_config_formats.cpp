#include "hwmodels/import/hf_config_kinds.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

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

/// Parameters by format.
class Mixture {
 public:
  void add(const WeightFormat& format, double params) {
    auto share = std::ranges::find(shares_, format, &Share::format);
    if (share == shares_.end()) share = shares_.insert(share, {format, 0.0});
    share->params += params;
  }

  /// What most parameters are stored in; `none` where there are none.
  [[nodiscard]] WeightFormat most_common_or(const WeightFormat& none) const {
    return shares_.empty() ? none : std::ranges::max_element(shares_, {}, &Share::params)->format;
  }

  /// One format with the mean bytes: of a matrix whose parts the checkpoint stores apart.
  [[nodiscard]] WeightFormat mean() const {
    if (shares_.size() == 1) return shares_.front().format;
    double bytes = 0, params = 0;
    std::vector<std::string> names;
    for (const auto& share : shares_) {
      bytes += share.params * share.format.bytes_per_weight;
      params += share.params;
      names.push_back(share.format.name);
    }
    return {fmt::format("{}", fmt::join(names, "+")), bytes / params, most_common_or({}).compute};
  }

 private:
  struct Share {
    WeightFormat format{};
    double params = 0;
  };
  std::vector<Share> shares_{};
};

/// A module's matrices, each with its format.
struct StoredMatrices {
  std::vector<std::pair<Projection, WeightFormat>> matrices{};

  /// The module's format, and the matrices that are stored unlike it.
  WeightFormat gathered(const WeightFormat& plain, std::vector<MatrixFormat>& exceptions) const {
    Mixture by_format;
    for (const auto& [matrix, format] : matrices) by_format.add(format, matrix.params());
    const auto module = by_format.most_common_or(plain);
    for (const auto& [matrix, format] : matrices)
      if (format != module) exceptions.push_back({std::string{matrix.name}, format});
    return module;
  }
};

}  // namespace

ModuleFormats module_formats(const Quantization& quantization, const Layer& layer, const ModuleNames& names, int index,
                             int hidden) {
  const auto format_of = [&](std::string_view module, std::string_view part, bool expert) {
    return quantization.format_of(index, fmt::format("layers.{}.{}.{}", index, module, part), expert);
  };
  const auto matrix_format = [&](std::string_view module, const Projection& matrix) {
    const auto pieces = parts_of(matrix, layer.attention);
    Mixture mixture;
    for (const auto piece : pieces)
      mixture.add(format_of(module, piece, false), matrix.params() / static_cast<double>(pieces.size()));
    return mixture.mean();
  };
  const auto& plain = quantization.plain;
  StoredMatrices attention, mlp;
  const auto mixer = is_recurrent(layer.attention) ? names.recurrent : names.attention;
  for (const auto& matrix : parts(layer.attention, hidden).projections)
    attention.matrices.emplace_back(matrix, matrix_format(mixer, matrix));
  const auto ffn = parts(layer.ffn, hidden);
  for (const auto& matrix : ffn.projections) {
    if (matrix.module != Module::mlp) continue;  // routers are never quantised
    const bool kept = names.latent_kept && matrix.name.starts_with("latent");
    const auto module = matrix.name.starts_with("shared") ? names.shared : names.dense;
    mlp.matrices.emplace_back(matrix, kept ? plain : matrix_format(module, matrix));
  }
  ModuleFormats formats;
  formats.attention = attention.gathered(plain, formats.exceptions);
  formats.mlp = mlp.gathered(plain, formats.exceptions);
  formats.experts = ffn.experts ? format_of(names.experts, names.expert_part, true) : plain;
  return formats;
}

}  // namespace roofcast::hf
