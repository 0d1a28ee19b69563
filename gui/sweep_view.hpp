// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/sweep_grid.hpp"
#include "gui/models/csv_text.hpp"
#include "hwmodels/sweep_figure.hpp"

namespace roofcast::gui {

/// The rows of a grid as the CSV that `roofcast sweep` writes. What a cancelled job had computed is dropped.
[[nodiscard]] std::shared_ptr<const CsvText> swept_table(const SweepGrid& grid, JobControl& control);

/// A chart of the table; of a large one, of rows at equal distances, and a footnote says so.
[[nodiscard]] Result<Figure> table_figure(const CsvText& table, SweepChart kind, const PresetRoots& roots);

}  // namespace roofcast::gui
