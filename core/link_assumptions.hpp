#pragma once

#include <string>
#include <vector>

#include "core/scenario.hpp"

namespace roofcast {

/// What is taken for granted of the links that this deployment's ranks meet, one sentence each without a full stop.
/// `batch`: sequences of one replica, which an overlap is judged at.
[[nodiscard]] std::vector<std::string> link_assumptions(const Scenario& s, double batch);

}  // namespace roofcast
