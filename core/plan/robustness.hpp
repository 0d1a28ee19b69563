#pragma once

#include "core/plan/plan_row.hpp"

namespace roofcast {

/// (F6) What the row's layout would need at the slow end of its intervals, and with a tenth more of each resource.
[[nodiscard]] Robustness robustness(const PlanRequest& r, const PlanRow& row);

}  // namespace roofcast
