#pragma once

#include <string>
#include <vector>

#include "cli/option_table.hpp"

namespace roofcast::cli {

/// Flags of requests beyond plain lengths and batch: distributions, cached prefixes, drafts, arrivals.
[[nodiscard]] std::vector<Option> request_options();

[[nodiscard]] Option overlap_option(std::string group);

/// Flags of how replicas and expert ranks work together.
[[nodiscard]] std::vector<Option> cooperation_options();

}  // namespace roofcast::cli
