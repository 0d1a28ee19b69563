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

/// How the question says its number of replicas: what is added to it must not contradict that.
enum class ReplicasSaid { as_dp, as_gpus };

/// Changes that make a scenario that does not fit fit and keep its SLOs, each checked by estimating it. First those
/// that keep model, workload and GPUs, then more GPUs, a smaller workload, another model. Typed into the same
/// question in place of its own flags of the same names, each gives what its effect says. Empty when none helps, and
/// for scenarios that fit.
[[nodiscard]] std::vector<Remedy> remedies(const Scenario& scenario, ReplicasSaid said = ReplicasSaid::as_dp);

}  // namespace roofcast
