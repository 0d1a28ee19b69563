#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/compiled_scenario.hpp"
#include "core/scenario.hpp"

namespace roofcast {

/// Inputs and figures that all points of one deployment share: compiled once, read by every row.
struct SweepConfig {
  Scenario scenario{};  ///< without lengths and batch
  std::string attention{};
  std::string weight_dtype{};
  CompiledScenario compiled{};
  std::string unsupported{};            ///< why this deployment cannot be; empty: it can
  std::optional<int> undivided_gpus{};  ///< asked for, but no multiple of tp x pp: there is no dp then
  Bytes kv_per_token{};
  Bytes weights_per_gpu{};
};

/// Names and cache of a deployment, nothing compiled: enough for one that cannot be.
[[nodiscard]] SweepConfig named_config(const Scenario& scenario);
[[nodiscard]] SweepConfig sweep_config(const Scenario& scenario);

/// What points of one deployment and one length share, whatever their batch.
struct LengthFigures {
  double max_batch_memory = 0;
  const StageMemory* tightest = nullptr;  ///< of the config's stages
  Bytes kv_per_sequence{};                ///< on a GPU of that stage
  Seconds prefill{};
  Seconds prefill_roof{};  ///< at the datasheet roofs alone
};

/// @pre `config` can be (unsupported is empty).
[[nodiscard]] LengthFigures length_figures(const SweepConfig& config, const Workload& workload);

}  // namespace roofcast
