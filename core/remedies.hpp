#pragma once

#include <string>
#include <vector>

#include "core/scenario.hpp"

namespace roofcast {

/// One change that makes a scenario fit.
struct Remedy {
  std::string change{};  ///< flags to add, e.g. "--kv-dtype fp8"
  std::string effect{};  ///< what then fits

  friend bool operator==(const Remedy&, const Remedy&) = default;
};

/// How the question says its layout: what is added to it must not contradict that.
struct LayoutSaid {
  bool as_gpus = false;      ///< replicas follow from a number of devices, else they are said
  int attention_groups = 1;  ///< of the tp ranks that are said: the scenario has those of one group
  bool ep = false;           ///< the experts' ranks are said; else groups spread experts over all tp ranks
};

/// Changes that make a scenario that does not fit fit and keep its SLOs, each checked by estimating it. First those
/// that keep model, workload and GPUs, then more GPUs, a smaller workload, another model. Typed into the same
/// question in place of its own flags of the same names, each gives what its effect says. Empty when none helps, and
/// for scenarios that fit.
[[nodiscard]] std::vector<Remedy> remedies(const Scenario& scenario, const LayoutSaid& said = {});

}  // namespace roofcast
