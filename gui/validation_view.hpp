// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>
#include <stop_token>
#include <vector>

#include "core/chart/chart.hpp"
#include "core/measured_row.hpp"
#include "core/result.hpp"
#include "gui/models/csv_text.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast::gui {

/// What the validation of a file shows. A value, made off the GUI thread.
struct ValidationView {
  QString summary{};
  Figure parity{};
  std::shared_ptr<const CsvText> scores{};
  std::shared_ptr<const CsvText> worst{};
  std::shared_ptr<const CsvText> rows{};  ///< every row with its prediction
  std::shared_ptr<const std::vector<MeasuredRow>> measured{};
};
/// Errors: as validate(); `stop` ends it early.
[[nodiscard]] Result<ValidationView> validation_view(const QString& file, const PresetRoots& roots,
                                                     const std::stop_token& stop = {});

/// `roofcast validate` of the file: it prints the same scores.
[[nodiscard]] QString validate_command(const QString& file);

}  // namespace roofcast::gui
