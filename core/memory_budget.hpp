#pragma once

#include "core/deployment.hpp"
#include "core/engine.hpp"
#include "core/model_spec.hpp"

namespace roofcast {

/// Where one rank's memory goes. For every engine: usable - weights - overhead = kv_pool.
struct MemoryBudget {
  Bytes capacity{};  ///< what the runtime reports
  double utilization = 0;
  Bytes usable{};  ///< what the engine may fill
  Bytes weights{};
  Bytes context{};  ///< parts of the overhead ...
  Bytes activations{};
  Bytes collectives{};
  Bytes graphs{};
  Bytes draft{};     ///< weights of a draft model and its share of the cache
  Bytes overhead{};  ///< ... and their sum, where the engine charges it to `usable`
  Bytes kv_pool{};   ///< never negative

  [[nodiscard]] bool weights_fit() const { return weights + overhead < usable; }
};

/// Settings that a user may override; the engine's defaults otherwise.
struct MemorySettings {
  Bytes capacity{};
  double utilization = 0;  ///< 0: the engine's automatic rule
  double batched_tokens = 0;
  double sequences = 0;
};

/// The budget with a draft model beside the model: its weights, and of the rest the share that its rows take.
[[nodiscard]] MemoryBudget with_draft(MemoryBudget budget, Bytes weights, double cache_share);

/// (M6) The engine's rule for what is left for the cache on one rank of stage `stage`.
[[nodiscard]] MemoryBudget memory_budget(const ModelSpec& model, const Deployment& d, int stage, const Engine& engine,
                                         const MemorySettings& settings);

/// (M6) vLLM's identity: ceil(total x fraction) minus everything that is not KV.
[[nodiscard]] Bytes fraction_of_total_pool(Bytes total, double fraction, Bytes non_kv);

/// (M6) SGLang's automatic mem_fraction_static for a device of `capacity`.
[[nodiscard]] double static_fraction(Bytes capacity, double batched_tokens, int ranks, Bytes graphs);

}  // namespace roofcast
