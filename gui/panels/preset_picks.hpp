// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "gui/panels/pick_combo.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast::gui {

/// What can be picked, with a line about each. Reads every preset: not for the GUI thread.
struct PresetPicks {
  std::vector<Pick> models{};
  std::vector<Pick> devices{};
  std::vector<Pick> engines{};
};
[[nodiscard]] PresetPicks preset_picks(const PresetRoots& roots);

[[nodiscard]] std::vector<Pick> weight_picks();
[[nodiscard]] std::vector<Pick> kv_picks();

}  // namespace roofcast::gui
