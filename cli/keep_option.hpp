#pragma once

#include <vector>

#include "cli/option_reader.hpp"
#include "core/reduction.hpp"

namespace roofcast::cli {

/// --keep and --per.
[[nodiscard]] std::vector<Option> keep_options();

/// What they say. Problems are collected in `reader`.
[[nodiscard]] Reduction read_reduction(OptionReader& reader, const ParsedOptions& options);

}  // namespace roofcast::cli
