// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "gui/answer.hpp"
#include "gui/charts/pane_points.hpp"

namespace roofcast::gui {

/// What a point of the answer's chart stands for; nothing where it is no point of a scenario (a roof).
[[nodiscard]] std::optional<Selection> selection_at(const Answer& answer, std::size_t pane, PointPlace place);

/// The points of a pane that show the selection, or are nearest to it. A selection that names no batch is none on
/// curves; one that names no operator is none under roofs.
[[nodiscard]] std::vector<PointPlace> places_of(const Answer& answer, const Selection& selection, std::size_t pane);

/// The row of the answer's table that shows the selection, or is nearest to it.
[[nodiscard]] std::optional<std::size_t> row_of(const Answer& answer, const Selection& selection);

}  // namespace roofcast::gui
