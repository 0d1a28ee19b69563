// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <optional>
#include <string_view>
#include <vector>

#include "core/grade.hpp"

namespace roofcast::gui {

/// Colours of a picture. The palettes are Okabe and Ito's, which colour-blind readers tell apart; the dark one is
/// lightened until each colour stands out from the background.
struct ChartTheme {
  QString name{};
  QColor background{};
  QColor plot{};   ///< behind the curves
  QColor text{};   ///< titles and labels
  QColor muted{};  ///< tick texts, subtitle, footnotes
  QColor grid{};
  QColor minor_grid{};
  QColor axis{};  ///< frame of the plot
  std::vector<QColor> palette{};
  QString font_family = "DejaVu Sans";

  [[nodiscard]] QColor series(int colour) const;
  /// The colour of a series as its texts have it: nearer to the text colour, for thin strokes.
  [[nodiscard]] QColor words(int colour) const;
  [[nodiscard]] QColor grade(Grade grade) const;
};

[[nodiscard]] ChartTheme light_theme();
[[nodiscard]] ChartTheme dark_theme();
/// "light" or "dark"
[[nodiscard]] std::optional<ChartTheme> theme_named(std::string_view name);

/// Black or white, whichever is read on `background`.
[[nodiscard]] QColor readable_on(const QColor& background);

}  // namespace roofcast::gui
