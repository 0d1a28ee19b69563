#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/model_spec.hpp"
#include "core/result.hpp"

namespace roofcast {

/// Devices of the largest deployment, and the largest of its counts.
inline constexpr int kMostRanks = 65536;

/// How the model is spread over devices. One replica is tp x pp devices; dp replicas.
struct Deployment {
  int tp = 1;
  int pp = 1;
  int ep = 1;       ///< expert parallelism: experts over ep ranks of the tp x dp grid
  int dp = 1;       ///< replicas
  int dcp = 1;      ///< decode context parallelism: KV tokens over dcp ranks of the tp group
  int prefill = 0;  ///< replicas more that read prompts alone; 0: every replica reads its own

  /// 64 bit: counts that are refused for being too many are still printed.
  [[nodiscard]] std::int64_t replica_gpus() const { return std::int64_t{tp} * pp; }
  [[nodiscard]] std::int64_t gpus() const { return replica_gpus() * (std::int64_t{dp} + prefill); }
  /// Ranks that share one expert's matrices.
  [[nodiscard]] int expert_tp() const { return ep >= tp ? 1 : tp / ep; }
  /// Replicas whose tokens meet at the same experts.
  [[nodiscard]] int expert_replicas() const { return ep > tp ? ep / tp : 1; }

  friend bool operator==(const Deployment&, const Deployment&) = default;
};

/// Attention data parallelism: the tp ranks of each replica as `groups` replicas that share its experts. `spread`: the
/// experts lie on all of those ranks; else d.ep says on how many. @pre groups divides d.tp.
[[nodiscard]] Deployment with_attention_groups(Deployment d, int groups, bool spread);

/// (M5) Layers of pipeline stage `stage` as [first, last): equal shares, the remainder to the later
/// stages but the last, which holds the LM head.
struct LayerRange {
  int first = 0;
  int last = 0;
};
[[nodiscard]] LayerRange stage_layers(int layers, int pp, int stage);

/// Every reason why this model cannot be cut that way: head counts, expert counts, layer counts.
/// Empty when it can.
[[nodiscard]] Errors deployment_errors(const ModelSpec& model, const Deployment& d);

/// Share of a matrix that one rank holds and multiplies with.
[[nodiscard]] double stored_share(const Projection& matrix, const Deployment& d);

/// Share of a stream's row that one rank stores for each token it holds (A3), with dcp: the rows of a
/// sequence are dealt out over dcp ranks.
[[nodiscard]] double stored_share(const CacheStream& stream, const Deployment& d);

}  // namespace roofcast
