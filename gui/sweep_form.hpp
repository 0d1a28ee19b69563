// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/sweep_grid.hpp"
#include "hwmodels/preset_roots.hpp"
#include "hwmodels/scenario_document.hpp"

namespace roofcast::gui {

/// The axes of a sweep as they are typed, in the grammar of `roofcast sweep`. Empty: what the scenario says.
struct SweepForm {
  std::string hardware{};
  std::string attention{};
  std::string context{};
  std::string batch{};
  std::string tp{};
};

/// More points than this are for the command line, which can go on after an interruption.
inline constexpr std::size_t kMostSweepPoints = 1'000'000;

/// The scenario with these axes. Errors: all that is wrong with them, at the flags' places.
[[nodiscard]] Result<SweepGrid> sweep_grid(const SweepForm& form, const ScenarioDocument& document,
                                           const PresetRoots& roots);

/// `roofcast sweep` with the same words: it writes the same rows.
[[nodiscard]] std::string sweep_command(const SweepForm& form, const ScenarioDocument& document);

}  // namespace roofcast::gui
