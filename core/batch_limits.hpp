#pragma once

#include "core/scenario.hpp"

namespace roofcast {

/// How much an engine puts into one step.
struct BatchLimits {
  int batched_tokens = 0;  ///< prompt tokens of one step: what --max-batched-tokens says, else the engine's default
  int sequences = 0;       ///< most concurrent sequences, the engine's default

  friend bool operator==(const BatchLimits&, const BatchLimits&) = default;
};

/// The engine's own default on a device with `ranks` ranks: the first of its rules that the device meets.
/// No more sequences than tokens.
[[nodiscard]] BatchLimits default_batch_limits(const Engine& engine, const Device& device, int ranks);

/// The same with what the scenario sets.
[[nodiscard]] BatchLimits batch_limits(const Scenario& s);

}  // namespace roofcast
