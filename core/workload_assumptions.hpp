#pragma once

#include <string>
#include <vector>

#include "core/scenario.hpp"

namespace roofcast {

/// What is taken for granted of requests: their lengths, cached prefixes, drafts, separate prefill, arrivals, and of
/// how tokens meet experts. One sentence each without a full stop.
[[nodiscard]] std::vector<std::string> workload_assumptions(const Scenario& s);

}  // namespace roofcast
