// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "core/estimate.hpp"

namespace roofcast::gui {

/// A figure with its unit, as the inspector lists them.
struct KeyFigure {
  QString title{};
  QString value{};
  QString range{};  ///< of the value; empty: none is known
};
[[nodiscard]] std::vector<KeyFigure> key_figures(const Estimate& e);

/// The figures as a table of rich text.
[[nodiscard]] QString figures_html(const std::vector<KeyFigure>& figures);

}  // namespace roofcast::gui
