#pragma once

#include <string>

#include "core/comparison.hpp"
#include "core/estimate.hpp"
#include "core/solve.hpp"

namespace roofcast {

/// One estimate as JSON, schema_version 1 (docs/cli.md): keys are only ever added. Absent figures are
/// null; bytes are integers where they are exact. Ends with a newline.
[[nodiscard]] std::string estimate_json(const Estimate& e);

/// The estimate with the value put in, and what was solved for under "solved".
[[nodiscard]] std::string solution_json(const Solution& s);

/// Columns side by side: each one's own maximum as a whole estimate, and the figures at the common batch.
[[nodiscard]] std::string comparison_json(const Comparison& c);

}  // namespace roofcast
