// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/figure_export.hpp"

#include <QFileDialog>

#include "core/chart/figure_csv.hpp"
#include "gui/charts/figure_picture.hpp"
#include "gui/text.hpp"
#include "hwmodels/file_output.hpp"

namespace roofcast::gui {

Result<void> export_figure(const Figure& figure, const QString& file) {
  if (file.endsWith(".csv", Qt::CaseInsensitive)) return write_file_atomically(utf8(file), figure_csv(figure));
  return write_picture(figure, light_theme(), kDefaultPicture, utf8(file));
}

QString wanted_file(QWidget* parent, const QString& title, const QString& suggestion, const QString& filters) {
  return QFileDialog::getSaveFileName(parent, title, suggestion, filters);
}

}  // namespace roofcast::gui
