#pragma once

#include <vector>

#include "cli/option_reader.hpp"
#include "cli/option_table.hpp"
#include "core/plan/plan_request.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast::cli {

[[nodiscard]] std::vector<Option> plan_options();

/// What the flags ask for. Problems go to the reader; the request is whole only without any.
[[nodiscard]] PlanRequest plan_request(OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots);

}  // namespace roofcast::cli
