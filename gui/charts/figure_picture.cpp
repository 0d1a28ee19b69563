// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/figure_picture.hpp"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>
#include <string>

#include "gui/charts/figure_scene.hpp"
#include "hwmodels/file_output.hpp"

namespace roofcast::gui {
namespace {

/// A picture larger than the usual one shows more and is larger: texts grow with the root of its size.
double magnification(QSize size) {
  const double larger = std::min(static_cast<double>(size.width()) / kDefaultPicture.width(),
                                 static_cast<double>(size.height()) / kDefaultPicture.height());
  return std::sqrt(std::max(1.0, larger));
}

void draw(QPainter& painter, const Figure& figure, const ChartTheme& theme, QSize size) {
  const QSizeF room = QSizeF(size) / magnification(size);
  FigureScene scene(figure, theme, room);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
  scene.render(&painter, QRectF(QPointF(0, 0), size), QRectF(QPointF(0, 0), room));
}

/// Qt's SVG without its empty groups, and in pixels instead of millimetres.
QByteArray tidy(const QByteArray& svg, QSize size) {
  static const QRegularExpression kEmptyGroup("<g [^>]*>\\s*</g>\\s*");
  static const QRegularExpression kMillimetres("width=\"[0-9.]+mm\" height=\"[0-9.]+mm\"");
  QString text = QString::fromUtf8(svg);
  text.remove(kEmptyGroup);
  text.replace(kMillimetres, QString("width=\"%1\" height=\"%2\"").arg(size.width()).arg(size.height()));
  return text.toUtf8();
}

}  // namespace

QByteArray svg_picture(const Figure& figure, const ChartTheme& theme, QSize size) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  constexpr int kCssPixelsPerInch = 96;
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setResolution(kCssPixelsPerInch);
  generator.setSize(size);
  generator.setViewBox(QRect(QPoint(0, 0), size));
  generator.setTitle(QString::fromStdString(figure.title).toHtmlEscaped());  // Qt writes it as it is
  generator.setDescription(QString::fromStdString(figure.subtitle).toHtmlEscaped());
  QPainter painter(&generator);
  draw(painter, figure, theme, size);
  painter.end();
  // Verdana has the widths of DejaVu: texts keep their places where DejaVu is not installed.
  bytes.replace("font-family=\"DejaVu Sans\"", "font-family=\"DejaVu Sans, Verdana, sans-serif\"");
  return tidy(bytes, size);
}

QByteArray png_picture(const Figure& figure, const ChartTheme& theme, QSize size) {
  constexpr int kDevicePixels = 2;
  QImage image(size * kDevicePixels, QImage::Format_RGB32);
  image.setDevicePixelRatio(kDevicePixels);
  image.fill(theme.background);
  QPainter painter(&image);
  draw(painter, figure, theme, size);
  painter.end();
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes;
}

Result<void> write_picture(const Figure& figure, const ChartTheme& theme, QSize size,
                           const std::filesystem::path& file) {
  const std::string ending = file.extension().string();
  if (ending != ".svg" && ending != ".png") {
    return usage_error("--output", "'" + file.string() + "' does not end in .svg or .png");
  }
  const QByteArray bytes = ending == ".svg" ? svg_picture(figure, theme, size) : png_picture(figure, theme, size);
  return write_file_atomically(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

}  // namespace roofcast::gui
