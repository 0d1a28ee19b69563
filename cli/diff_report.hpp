#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "hwmodels/document_diff.hpp"

namespace roofcast::cli {

/// What `diff` prints for people: what was typed, what it means, what follows; the change beside each figure.
[[nodiscard]] std::string diff_report(const std::vector<ValueChange>& changes, const Terminal& terminal);

}  // namespace roofcast::cli
