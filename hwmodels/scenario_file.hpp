#pragma once

#include <filesystem>
#include <string>

#include "core/result.hpp"
#include "hwmodels/scenario_set.hpp"

namespace roofcast {

/// A scenario file. Paths in it are relative to its folder; in a document they are relative to the working
/// directory, as on a command line.
[[nodiscard]] Result<ScenarioDocument> load_scenario(const std::filesystem::path& file);

/// With those that are pinned beside it.
[[nodiscard]] Result<ScenarioSet> load_scenarios(const std::filesystem::path& file);

/// Whole or not at all, so that load_scenario gives the same scenario from any working directory.
[[nodiscard]] Result<void> save_scenario(const std::filesystem::path& file, const ScenarioDocument& document);
[[nodiscard]] Result<void> save_scenarios(const std::filesystem::path& file, const ScenarioSet& set);

/// Errors of a scenario that came from this file: they name its keys, "s.json:/batch", instead of the flags.
[[nodiscard]] Errors in_file(Errors errors, const std::string& file);

}  // namespace roofcast
