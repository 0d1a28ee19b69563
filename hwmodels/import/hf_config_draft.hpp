#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/attention/attention.hpp"
#include "core/ffn.hpp"
#include "hwmodels/import/hf_config_object.hpp"
#include "hwmodels/import/hf_config_traits.hpp"

namespace roofcast::hf {

inline constexpr CountRange kLayers{1, 4096};
inline constexpr CountRange kHidden{1, 1'000'000};
inline constexpr CountRange kHeads{1, 100'000};
inline constexpr CountRange kHeadDim{1, 65'536};
inline constexpr CountRange kVocab{1, 100'000'000};
inline constexpr CountRange kTokens{1, 2'000'000'000};

/// One layer as the file describes it, before like layers are gathered into kinds.
struct Layer {
  Attention attention{};
  Ffn ffn{};
  double small_params = 0;  ///< norms and other vectors

  friend bool operator==(const Layer&, const Layer&) = default;
};

/// What a family's modules are called in its checkpoints, below "layers.N.": quantisation settings name
/// the modules they spare.
struct ModuleNames {
  std::string_view attention = "self_attn";
  std::string_view recurrent = "linear_attn";
  std::string_view dense = "mlp";
  std::string_view shared = "mlp.shared_experts";
  std::string_view experts = "mlp.experts.0";
  std::string_view expert_part = "down_proj";  ///< one of an expert's matrices
  bool latent_kept = false;                    ///< projections into the experts' width are built unquantised
};

/// A model being read: layer by layer, so that a family may treat each one differently.
struct Draft {
  int hidden = 0;
  int vocab = 0;
  int max_context = 0;  ///< 0: not stated
  bool tied = false;
  std::vector<Layer> layers{};
  double embedding_small_params = 0;
  double final_small_params = 0;
  double lookup_params = 0;
  ModuleNames modules{};
};

/// What a family's reader works on.
struct Config {
  ConfigObject root;
  ConfigObject text;  ///< the language model's part; the root itself where nothing is nested
  const Traits& traits;
  std::vector<std::string>& notes;
  bool& params_incomplete;

  /// Hands on a problem with one key of the language model's part.
  void error(std::string_view key, std::string what, std::string hint = {}) const {
    text.error(key, std::move(what), std::move(hint));
  }
  /// A problem between values; what was not read well contradicts nothing.
  void contradiction(std::string_view key, std::string what, std::string hint = {}) const {
    if (!text.has_errors()) text.error(key, std::move(what), std::move(hint));
  }
  void note(std::string what) const { notes.push_back(std::move(what)); }
  /// Tensors that the checkpoint holds and the model does not count.
  void leave_out(const std::string& what) const {
    notes.push_back(what + " not counted");
    params_incomplete = true;
  }
};

/// `num_hidden_layers` under any of its names.
[[nodiscard]] int layer_count(const Config& config);

/// False (and an error) where a per-layer list does not have one entry per layer.
[[nodiscard]] bool one_per_layer(const Config& config, std::string_view key, std::size_t entries, int layers);

/// Parameters of one norm of the family's kind over `width` elements.
[[nodiscard]] double norm_params(Norm norm, double width);

/// Norms of one layer of this family.
[[nodiscard]] double layer_norms(const Config& config, const Draft& draft);

}  // namespace roofcast::hf
