#include "hwmodels/scenario_document.hpp"

#include <utility>

#include "hwmodels/scenario_set.hpp"

namespace roofcast {

Result<ScenarioDocument> parse_scenario(std::string_view text, std::string_view origin) {
  auto set = parse_scenarios(text, origin);
  if (!set) return std::unexpected(std::move(set.error()));
  return std::move(set->document);
}

std::string scenario_json(const ScenarioDocument& document) {
  return scenarios_json({.document = document});
}

}  // namespace roofcast
