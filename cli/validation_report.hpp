#pragma once

#include <string>

#include "cli/command.hpp"
#include "core/validation/validation.hpp"

namespace roofcast::cli {

/// What `roofcast validate` prints for people: errors by group, the worst rows, rows faster than their roof,
/// rows without a prediction.
[[nodiscard]] std::string validation_report(const Validation& validation, const Terminal& terminal);

}  // namespace roofcast::cli
