#pragma once

/// What a token mixer or an FFN is made of, said once per variant. Everything else (parameters, cache
/// bytes, tensor-parallel shares, step costs) follows from these lists: docs/model/attention.md.

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "core/number_format.hpp"

namespace roofcast {

/// How tensor parallelism cuts a matrix.
enum class Shard {
  split,       ///< columns or rows divided by tp
  kv_heads,    ///< divided by min(tp, heads), then replicated
  replicated,  ///< every rank holds it whole (routers, MLA down-projections)
};

enum class Module { attention, mlp, experts, router };

/// A weight matrix [out x in] that every token of a step is multiplied with.
struct Projection {
  std::string_view name;
  double out = 0;
  double in = 0;
  Module module = Module::attention;
  Shard shard = Shard::split;
  double heads = 0;  ///< for Shard::kv_heads

  [[nodiscard]] double params() const { return out * in; }
};

/// Which kernel reads a stream.
enum class StreamKind { attention, latent, indexer };

/// Rows that one layer keeps in the KV cache per sequence, and what a decode step does with them.
struct CacheStream {
  static constexpr double kUnbounded = std::numeric_limits<double>::infinity();

  std::string_view name;  ///< "kv", "latent", "indexer", "window", "compressed"
  StreamKind kind = StreamKind::attention;
  double row_elements = 0;           ///< elements of one row, all heads
  double heads = 1;                  ///< heads that tp can share out; 1 = every rank keeps a full copy
  double tokens_per_row = 1;         ///< compression: one row for so many tokens
  double window = kUnbounded;        ///< tokens kept (sliding window or chunk)
  bool stored = true;                ///< false: rows of an earlier layer are read, none are added
  double read_rows = kUnbounded;     ///< a sparse read touches at most so many rows
  double query_heads = 0;            ///< heads that read the rows
  double query_elements = 0;         ///< of one token: what goes into the kernel, all heads
  double output_elements = 0;        ///< of one token: what comes out
  double flops_per_row = 0;          ///< of one query token, all query heads, decode
  double prefill_flops_per_row = 0;  ///< the same in prefill (MLA expands its latent there)
  double fp8_row_bytes = 0;          ///< row with the engine's fp8 layout (scales, padding); 0 = elements

  /// (A1) Rows held after `tokens` tokens: floor(min(T, W) / ratio).
  [[nodiscard]] double rows(double tokens) const { return std::floor(std::min(tokens, window) / tokens_per_row); }
  /// (A2) Rows one decode step reads for one sequence.
  [[nodiscard]] double rows_read(double tokens) const { return std::min(rows(tokens), read_rows); }
  /// (A3) Share of a row that one of `tp` ranks stores: heads are shared out, then replicated.
  [[nodiscard]] double rank_share(double tp) const { return std::max(1.0, std::floor(heads / tp)) / heads; }
  [[nodiscard]] double row_bytes(const KvFormat& kv) const { return row_elements * kv.bytes_per_element; }

  friend bool operator==(const CacheStream&, const CacheStream&) = default;
};

/// Constant per-sequence memory of a recurrent layer. Read and written each step.
struct StateBuffer {
  std::string_view name;  ///< "state", "conv"
  double elements = 0;
  double heads = 1;   ///< shared out by tp
  bool fp32 = false;  ///< false: the model's own element type

  [[nodiscard]] double bytes(double model_element) const { return elements * (fp32 ? 4.0 : model_element); }
  [[nodiscard]] double rank_share(double tp) const { return std::max(1.0, std::ceil(heads / tp)) / heads; }
};

/// Routed experts of one layer (docs/model/decode_step.md, D3).
struct ExpertBank {
  double experts = 0;
  double top_k = 0;
  double width = 0;  ///< input and output width of one expert
  double intermediate = 0;
  double matrices = 3;     ///< 3 gated, 2 plain
  double bias_params = 0;  ///< of one expert

  [[nodiscard]] double expert_params() const { return matrices * width * intermediate + bias_params; }

  friend bool operator==(const ExpertBank&, const ExpertBank&) = default;
};

/// The parts of one layer's token mixer or FFN. `small_params` are biases, norms and gates: counted
/// as weights, negligible as work.
struct LayerParts {
  std::vector<Projection> projections{};
  std::vector<CacheStream> streams{};
  std::vector<StateBuffer> states{};
  std::optional<ExpertBank> experts{};
  double small_params = 0;
  double query_heads = 0;  ///< must be divisible by tp; 0 = no softmax attention here
  double state_flops = 0;  ///< of one token's recurrence

  void append(const LayerParts& other) {
    projections.insert(projections.end(), other.projections.begin(), other.projections.end());
    streams.insert(streams.end(), other.streams.begin(), other.streams.end());
    states.insert(states.end(), other.states.begin(), other.states.end());
    if (other.experts) experts = other.experts;
    small_params += other.small_params;
    query_heads = std::max(query_heads, other.query_heads);
    state_flops += other.state_flops;
  }
};

}  // namespace roofcast
