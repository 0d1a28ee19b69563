#pragma once

#include <optional>
#include <vector>

#include "core/cache_layout.hpp"
#include "core/decode_step.hpp"
#include "core/memory_budget.hpp"
#include "core/scenario.hpp"

namespace roofcast {

/// Memory of one pipeline stage.
struct StageMemory {
  MemoryBudget budget{};
  CacheLayout layout{};
};

/// All of a scenario that does not depend on batch and length: compile once, evaluate many points.
struct CompiledScenario {
  StepPlan plan{};
  DeviceRoofs roofs{};
  std::optional<ServingFit> fit{};    ///< where `roofs.pace` comes from: grade and interval; absent with it
  std::vector<StageMemory> stages{};  ///< distinct stages only
  double chunk_tokens = 8192;
  Deployment deployment{};
  double most_sequences = 0;  ///< that the engine decodes together unless it is told otherwise
  LinkRoof transfer{};        ///< from a replica that reads prompts to one that decodes; 0: not known
};

/// @pre scenario_errors(s) is empty.
[[nodiscard]] CompiledScenario compile(const Scenario& s);

/// (M8) Sequences of `tokens` tokens that fit into every stage's pool; infinity for models that store
/// nothing per sequence.
[[nodiscard]] double max_sequences(const CompiledScenario& c, double tokens);

/// (M8) The same as a fraction of full-length sequences, as engines log it: `in_flight` prompt tokens
/// of each are being computed.
[[nodiscard]] double concurrency(const CompiledScenario& c, double tokens, double in_flight = 1);

/// The stage that holds the fewest sequences of `tokens` tokens.
[[nodiscard]] const StageMemory& tightest_stage(const CompiledScenario& c, double tokens);

/// (M9) Longest context that `batch` sequences can all reach; 0: not one token, nullopt: no end.
[[nodiscard]] std::optional<double> max_context(const CompiledScenario& c, double batch);

/// (L2) Smallest batch at which compute roofs hold more of the step than the memory roof; nullopt when
/// none up to `most` does.
[[nodiscard]] std::optional<double> ridge_batch(const CompiledScenario& c, double context, double most);

}  // namespace roofcast
