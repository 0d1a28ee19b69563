#pragma once

#include "core/plan/plan.hpp"
#include "core/record_table.hpp"

namespace roofcast {

/// Every layout that was looked at, plans in order, then failures with their reason: the CSV of `plan`.
[[nodiscard]] RecordTable plan_records(const Plan& p);

}  // namespace roofcast
