#pragma once

#include <optional>
#include <string>

#include "cli/command.hpp"
#include "cli/sweep_point.hpp"
#include "core/glossary.hpp"

namespace roofcast::cli {

/// One term for people: meaning, formula, numbers, result, source. Without an explanation, what flags
/// would put numbers in.
[[nodiscard]] std::string term_text(const Term& term, const std::optional<Explanation>& x, const Terminal& terminal);

/// Every term with its meaning.
[[nodiscard]] std::string glossary_text(const Terminal& terminal);

/// Whether a sweep's row gives the same figures again.
[[nodiscard]] std::string point_text(const CsvRow& row, const std::vector<Difference>& differences,
                                     const Terminal& terminal);

}  // namespace roofcast::cli
