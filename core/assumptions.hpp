#pragma once

#include <string>
#include <vector>

#include "core/scenario.hpp"

namespace roofcast {

/// What an answer to this scenario takes for granted, one sentence each, most consequential first.
[[nodiscard]] std::vector<std::string> assumptions(const Scenario& s);

}  // namespace roofcast
