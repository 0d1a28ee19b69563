// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "core/chart/chart.hpp"

/// Charts as crowded as the real ones.
namespace roofcast::gui::tests {

inline Figure throughput_chart() {
  const auto series = [](bool per_user) {
    std::vector<ChartSeries> all;
    const std::vector<std::string> names{"mha", "gqa:8", "gqa:4", "mqa"};
    for (int v = 0; v < 4; ++v) {
      ChartSeries s{
          .name = names[static_cast<std::size_t>(v)], .shape = SeriesShape::line_with_marks, .colour = v, .mark = v};
      s.end_label = "out of memory";
      const double most = 64 * std::pow(4, v);
      for (int i = 0; i <= 40; ++i) {
        const double batch = std::pow(most, i / 40.0);
        const double rate = 50 * batch / (1 + batch / (60 * (v + 1)));
        const double y = per_user ? rate / batch : rate;
        s.points.push_back({.x = batch, .y = y, .low = 0.9 * y, .high = 1.1 * y, .text = "batch"});
      }
      all.push_back(s);
    }
    return all;
  };
  const ChartAxis x{.title = "concurrent sequences", .scale = AxisScale::logarithmic};
  return {.title = "Throughput of a model with quite a long name on a machine with a long one too",
          .subtitle = "context 8Ki, weights bf16",
          .grade = Grade::theoretical,
          .panes = {{.title = "All users",
                     .x = x,
                     .y = {.title = "tokens/s", .scale = AxisScale::logarithmic, .ticks = TickText::decimal_prefix},
                     .series = series(false)},
                    {.title = "Each user",
                     .x = x,
                     .y = {.title = "tokens/s per user"},
                     .series = series(true),
                     .guides = {{.direction = ChartGuide::Direction::horizontal, .at = 20, .label = "TPOT 50 ms"},
                                {.at = 64, .label = "64 users"},
                                {.at = 70, .label = "70 users"}}}},
          .footnotes = {"Band: the prediction interval."}};
}

/// Twenty operators on nearly the same spot.
inline Figure roofline_chart() {
  ChartSeries roof{.name = "HBM", .colour = 6, .end_label = "989 TFLOP/s"};
  roof.points = {
      {.x = 0.1, .y = 3.35e11}, {.x = 295, .y = 9.89e14, .label = "ridge 295 FLOP/B"}, {.x = 1e5, .y = 9.89e14}};
  ChartSeries ops{.name = "decode", .shape = SeriesShape::marks};
  for (int i = 0; i < 20; ++i) {
    const double x = 60 + 0.4 * i;
    ops.points.push_back({.x = x, .y = 3.3e12 * x, .weight = 0.05 * (i + 1), .label = "operator " + std::to_string(i)});
  }
  return {.title = "Roofline",
          .panes = {{.x = {.title = "FLOP/byte", .scale = AxisScale::logarithmic},
                     .y = {.title = "FLOP/s", .scale = AxisScale::logarithmic, .ticks = TickText::decimal_prefix},
                     .series = {roof, ops}}}};
}

inline Figure memory_chart() {
  ChartPane pane{.x = {.title = "variant", .scale = AxisScale::categories, .categories = {"mha", "gqa:8", "mqa"}},
                 .y = {.title = "GiB per GPU"},
                 .guides = {{.direction = ChartGuide::Direction::horizontal, .at = 80, .label = "capacity"},
                            {.direction = ChartGuide::Direction::horizontal, .at = 72, .label = "usable"}}};
  const std::vector<std::vector<double>> sizes{{16, 16, 16}, {48, 6, 0.8}, {8, 50, 55.2}};
  const std::vector<std::string> names{"weights", "KV used", "KV free"};
  for (int s = 0; s < 3; ++s) {
    ChartSeries series{.name = names[static_cast<std::size_t>(s)], .shape = SeriesShape::stacked_bars, .colour = s};
    for (int c = 0; c < 3; ++c) {
      const double size = sizes[static_cast<std::size_t>(s)][static_cast<std::size_t>(c)];
      series.points.push_back(
          {.x = static_cast<double>(c), .y = size, .label = std::to_string(static_cast<int>(size)) + " GiB"});
    }
    pane.series.push_back(series);
  }
  return {.title = "Memory", .grade = Grade::exact, .panes = {pane}};
}

/// As many bars as a chart takes, with the names that a sweep gives them.
inline Figure many_bars() {
  ChartPane pane{.x = {.title = "deployment", .scale = AxisScale::categories}, .y = {.title = "GiB of one GPU"}};
  ChartSeries series{.name = "weights", .shape = SeriesShape::stacked_bars};
  for (int i = 0; i < 16; ++i) {
    pane.x.categories.push_back("h100-sxm mha, " + std::to_string(1024 << (i % 8)) + " tokens");
    series.points.push_back({.x = static_cast<double>(i), .y = 16, .label = "16 GiB"});
  }
  pane.series = {series};
  return {.title = "Memory", .panes = {pane}};
}

/// One series of marks on two axes of a scale.
inline Figure scatter(std::vector<ChartPoint> points, AxisScale scale = AxisScale::linear) {
  ChartSeries series{.name = "rows", .shape = SeriesShape::marks, .points = std::move(points)};
  return {.title = "Scatter",
          .panes = {{.x = {.title = "x", .scale = scale}, .y = {.title = "y", .scale = scale}, .series = {series}}}};
}

}  // namespace roofcast::gui::tests
