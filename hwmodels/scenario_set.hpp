#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hwmodels/scenario_document.hpp"

namespace roofcast {

/// What a scenario file holds: the scenario, and those that a window shows beside it.
struct ScenarioSet {
  ScenarioDocument document{};
  std::vector<ScenarioDocument> pins{};

  friend bool operator==(const ScenarioSet&, const ScenarioSet&) = default;
};

/// As strict as parse_scenario: pins have the keys of a scenario, without a schema and without pins of their own.
[[nodiscard]] Result<ScenarioSet> parse_scenarios(std::string_view text, std::string_view origin);

/// Ends with a newline. parse_scenarios gives the same back.
[[nodiscard]] std::string scenarios_json(const ScenarioSet& set);

}  // namespace roofcast
