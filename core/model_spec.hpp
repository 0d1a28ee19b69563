#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/attention/attention.hpp"
#include "core/ffn.hpp"
#include "core/figure_source.hpp"
#include "core/number_format.hpp"
#include "core/result.hpp"

namespace roofcast {

/// Layers that are alike. A model is a few kinds and an order.
struct LayerKind {
  std::string name{};  ///< "full", "sliding", "dense", ... unique within the model
  Attention attention{};
  Ffn ffn{};
  ModuleFormats formats{};
  double small_params = 0;  ///< norms and other vectors of one layer

  friend bool operator==(const LayerKind&, const LayerKind&) = default;
};

/// What is known of a model's published size, for tests and for `models show`.
struct PublishedSize {
  double total_params = 0;   ///< 0: not published
  double active_params = 0;  ///< 0: not published
  std::string basis{};       ///< "exact count" or "rounded, model card"
  std::string source{};

  friend bool operator==(const PublishedSize&, const PublishedSize&) = default;
};

/// A model as the planner sees it. Filled by hwmodels (presets, config.json, GGUF); core does not
/// know from where.
struct ModelSpec {
  std::string id{};    ///< "llama-3.1-8b"
  std::string name{};  ///< "Llama-3.1-8B"
  std::vector<std::string> aliases{};
  std::string architecture{};  ///< Hugging Face class name
  std::string source{};        ///< where the dimensions come from

  int hidden = 0;
  int vocab = 0;
  int max_context = 0;  ///< declared maximum, tokens; 0: not stated
  bool tied_embeddings = false;
  std::string dtype = "bf16";  ///< activations, default KV cache, unquantised weights

  std::vector<LayerKind> kinds{};
  std::vector<int> layers{};  ///< per layer: index into kinds

  double embedding_small_params = 0;  ///< learned positions, embedding norms
  double final_small_params = 0;      ///< final norm, LM-head bias
  double lookup_params = 0;  ///< per-layer embedding tables: stored, never streamed whole (in `layers` terms: extra)
  double vision_params = 0;  ///< vision or audio towers in the checkpoint
  double mtp_params = 0;     ///< multi-token-prediction layers in the checkpoint
  WeightFormat embedding_format{};
  WeightFormat head_format{};
  std::optional<WeightFormat> mtp_format{};  ///< absent: as the last layer's FFN
  bool params_incomplete = false;            ///< some tensors are known to be there without an exact count

  std::optional<Bytes> checkpoint_bytes{};  ///< sum of tensor bytes, when file headers were read
  PublishedSize published{};
  std::vector<std::string> notes{};     ///< what was assumed on import
  std::vector<FigureSource> sources{};  ///< of "formats", "vision", "mtp", ...: what `source` does not cover

  [[nodiscard]] int layer_count() const { return static_cast<int>(layers.size()); }

  friend bool operator==(const ModelSpec&, const ModelSpec&) = default;
};

/// Whether some layer is a mixture of experts.
[[nodiscard]] bool has_experts(const ModelSpec& model);

/// Mixer and FFN of one layer together, in the order they run.
[[nodiscard]] LayerParts parts(const LayerKind& kind, int hidden);

/// The format that a layer's matrix is stored in; `plain` for routers.
[[nodiscard]] const WeightFormat& matrix_format(const ModuleFormats& formats, const Projection& matrix,
                                                const WeightFormat& plain);

/// Every format that the kind's modules and matrices are stored in.
[[nodiscard]] std::vector<WeightFormat> stored_formats(const LayerKind& kind);

/// The format of the weights that nothing is stated for: norms, routers, vision towers.
[[nodiscard]] WeightFormat plain_format(const ModelSpec& model);

/// Bytes of one element of the model's own type ("fp32" 4, else 2).
[[nodiscard]] double model_element_bytes(const ModelSpec& model);

/// The KV format of the model's own type.
[[nodiscard]] KvFormat model_kv_format(const ModelSpec& model);

/// Layers of each kind in [first, last).
[[nodiscard]] std::vector<int> kind_counts(const ModelSpec& model, int first, int last);

}  // namespace roofcast
