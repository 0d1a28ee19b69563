// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/scenario.hpp"
#include "hwmodels/scenario_document.hpp"

namespace roofcast::gui {

/// What sets scenarios apart, one name each: "gqa:8", "h200-sxm, tp 4"; numbered where two are the same. Model,
/// attention and hardware of those that can be resolved are read from `scenarios`, the rest from what was typed.
[[nodiscard]] std::vector<std::string> scenario_names(std::span<const ScenarioDocument> documents,
                                                      std::span<const Result<Scenario>> scenarios);

}  // namespace roofcast::gui
