#pragma once

#include <vector>

#include "cli/option_table.hpp"

namespace roofcast::cli {

/// Flags of requests beyond plain lengths and batch: distributions, cached prefixes, drafts, arrivals.
[[nodiscard]] std::vector<Option> request_options();

/// Flags of how replicas and expert ranks work together.
[[nodiscard]] std::vector<Option> cooperation_options();

}  // namespace roofcast::cli
