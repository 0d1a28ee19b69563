#pragma once

#include <string>

#include "core/comparison.hpp"
#include "core/estimate.hpp"

namespace roofcast {

/// One estimate as JSON, schema_version 1 (docs/cli.md): keys are only ever added. Absent figures are
/// null; bytes are integers where they are exact. Ends with a newline.
[[nodiscard]] std::string estimate_json(const Estimate& e);

/// Columns side by side: each one's own maximum as a whole estimate, and the figures at the common batch.
[[nodiscard]] std::string comparison_json(const Comparison& c);

}  // namespace roofcast
