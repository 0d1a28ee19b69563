#pragma once

#include <string>
#include <vector>

#include "core/plan/plan.hpp"

namespace roofcast {

/// What a plan takes for granted, one sentence each, most consequential first: the load, then what its best row's
/// estimate does.
[[nodiscard]] std::vector<std::string> plan_assumptions(const Plan& p);

}  // namespace roofcast
