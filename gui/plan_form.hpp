// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/plan/plan.hpp"
#include "hwmodels/preset_roots.hpp"
#include "hwmodels/scenario_document.hpp"

namespace roofcast::gui {

/// A demand as it is typed, in the grammar of `roofcast plan`.
struct PlanForm {
  std::string amount{};
  Demand::Kind kind = Demand::Kind::requests;
  std::string hardware{};  ///< names with commas; empty: the scenario's
  std::string headroom{};
  std::string max_gpus{};
  Objective objective = Objective::cost;
};

/// The demand on the scenario's model, lengths, SLOs and engine. Errors: all
/// that is wrong, at the flags' places.
[[nodiscard]] Result<PlanRequest> plan_request(const PlanForm& form, const ScenarioDocument& document,
                                               const PresetRoots& roots);

/// `roofcast plan` with the same words: it finds the same deployments.
[[nodiscard]] std::string plan_command(const PlanForm& form, const ScenarioDocument& document);

}  // namespace roofcast::gui
