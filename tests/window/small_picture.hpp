// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

namespace roofcast::gui::tests {

inline int distance(QRgb a, QRgb b) {
  return std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) + std::abs(qBlue(a) - qBlue(b));
}

/// The picture in 256 colours, each pixel in the nearest: windows have few, and their PNG is then a third of the size.
/// First frequent ones that differ from each other, so that a small dot keeps its colour, then the most frequent
/// others. Qt's own conversion takes a fixed palette.
inline QImage small_picture(const QImage& full) {
  const QImage rgb = full.convertToFormat(QImage::Format_RGB32);
  std::map<QRgb, int> counts;
  for (int y = 0; y < rgb.height(); ++y)
    for (int x = 0; x < rgb.width(); ++x) ++counts[rgb.pixel(x, y)];
  std::vector<std::pair<int, QRgb>> order;
  for (const auto& [colour, count] : counts) order.emplace_back(-count, colour);
  std::ranges::sort(order);
  QList<QRgb> palette;
  constexpr qsizetype kMost = 256;
  for (const int apart : {40, 0})
    for (const auto& [count, colour] : order) {
      const auto near = [&, c = colour](QRgb p) { return distance(p, c) <= apart; };
      if (palette.size() < kMost && std::ranges::none_of(palette, near)) palette << colour;
    }
  std::map<QRgb, uint> places;
  for (const auto& [colour, count] : counts) {
    const auto nearest = std::ranges::min_element(palette, {}, [&, c = colour](QRgb p) { return distance(p, c); });
    places[colour] = static_cast<uint>(nearest - palette.begin());
  }
  QImage out(rgb.size(), QImage::Format_Indexed8);
  out.setColorTable(palette);
  for (int y = 0; y < rgb.height(); ++y)
    for (int x = 0; x < rgb.width(); ++x) out.setPixel(x, y, places[rgb.pixel(x, y)]);
  return out;
}

}  // namespace roofcast::gui::tests
