#pragma once

#include <string>

#include "core/plan/plan.hpp"

namespace roofcast {

/// A plan as JSON, schema_version 1 (docs/cli.md): keys are only ever added. Absent figures are null. Ends with a
/// newline.
[[nodiscard]] std::string plan_json(const Plan& p);

}  // namespace roofcast
