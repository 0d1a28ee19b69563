#pragma once

#include <optional>
#include <vector>

#include "cli/option_reader.hpp"
#include "cli/option_table.hpp"
#include "core/attention_override.hpp"
#include "hwmodels/scenario_document.hpp"

namespace roofcast::cli {

/// The flags that describe a scenario, stated once. Commands that put several side by side say so:
/// --hardware and --attention then take lists.
enum class Several { no, yes };
[[nodiscard]] std::vector<Option> scenario_options(Several several = Several::no);

/// What was typed, by the options of the table that describe a scenario, and the word MODEL.
[[nodiscard]] ScenarioDocument scenario_document(const ParsedOptions& options);

/// The variants of --attention, "own" as no override. Problems go to the reader.
[[nodiscard]] std::vector<std::optional<AttentionOverride>> attention_choices(OptionReader& reader);

}  // namespace roofcast::cli
