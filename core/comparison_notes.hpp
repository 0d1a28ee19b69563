#pragma once

#include <string>
#include <vector>

#include "core/comparison.hpp"

namespace roofcast {

/// What a reader of the table must know besides its numbers, one sentence or two each: why columns have no
/// figures, heads that are stored several times and what makes fewer of them pay, what is left out.
[[nodiscard]] std::vector<std::string> comparison_notes(const Comparison& c);

}  // namespace roofcast
