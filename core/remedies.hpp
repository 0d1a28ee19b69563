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

/// Changes that make a scenario that does not fit fit and keep its SLOs, each checked by estimating it. First those
/// that keep model and workload, then a smaller workload, then another model. Empty when none helps, and for scenarios
/// that fit.
[[nodiscard]] std::vector<Remedy> remedies(const Scenario& scenario);

}  // namespace roofcast
