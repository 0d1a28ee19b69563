// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/scenario.hpp"
#include "gui/session_state.hpp"

namespace roofcast::gui {

/// Rows of a sweep's CSV with the point of the session that each one is.
struct ResultRows {
  std::string csv{};                ///< header and rows, as `roofcast sweep` writes them
  std::vector<Selection> points{};  ///< one per row
};

/// Every scenario over batches in powers of two up to what fits, and at the batch that was asked for.
[[nodiscard]] ResultRows batch_rows(std::span<const Result<Scenario>> scenarios);

/// The same over tensor-parallel layouts that the model and the scale-up domain allow: what a frontier is drawn from.
[[nodiscard]] ResultRows layout_rows(std::span<const Result<Scenario>> scenarios);

}  // namespace roofcast::gui
