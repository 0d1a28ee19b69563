// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/chart/chart.hpp"
#include "core/result.hpp"

class QWidget;

namespace roofcast::gui {

/// The figure as it is drawn in reports, by the file's ending: .svg, .png, or .csv for its values.
[[nodiscard]] Result<void> export_figure(const Figure& figure, const QString& file);

/// Asks where to; empty: not at all.
[[nodiscard]] QString wanted_file(QWidget* parent, const QString& title, const QString& suggestion,
                                  const QString& filters);

}  // namespace roofcast::gui
