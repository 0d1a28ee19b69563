#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "cli/option_reader.hpp"
#include "cli/option_table.hpp"
#include "core/plan/plan_request.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast::cli {

/// Options of a scenario that a plan searches, or whose flag means something else here.
inline constexpr std::array<std::string_view, 7> kSearchedScenarioOptions{"gpus", "tp",    "pp",          "ep",
                                                                          "dp",   "batch", "attention-dp"};

[[nodiscard]] std::vector<Option> plan_options();

/// What the flags ask for. Problems go to the reader; the request is whole only without any.
[[nodiscard]] PlanRequest plan_request(OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots);

}  // namespace roofcast::cli
