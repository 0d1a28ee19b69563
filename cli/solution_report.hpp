#pragma once

#include <optional>
#include <string>

#include "cli/option_reader.hpp"
#include "cli/option_table.hpp"
#include "core/remedies.hpp"
#include "core/solve.hpp"

namespace roofcast::cli {

/// --solve WHAT.
[[nodiscard]] Option solve_option();

/// What is solved for; empty: nothing. Giving it as well is a problem for the reader.
[[nodiscard]] std::optional<Unknown> asked_unknown(OptionReader& reader, const ParsedOptions& options);

/// The answer, why one step further fails, and the whole estimate with it.
[[nodiscard]] std::string solution_report(const Solution& s, const LayoutSaid& said, const Terminal& terminal);

}  // namespace roofcast::cli
