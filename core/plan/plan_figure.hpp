#pragma once

#include "core/chart/chart.hpp"
#include "core/plan/plan.hpp"

namespace roofcast {

/// Tokens/s per GPU, and price, against tokens/s per user: a mark for every layout that serves the demand.
/// @pre the plan has rows.
[[nodiscard]] Figure plan_figure(const Plan& p);

}  // namespace roofcast
