#pragma once

#include "core/chart/chart.hpp"

namespace roofcast::tests {

/// Every member of every struct away from its default, on two logarithmic axes.
inline Figure sample_figure() {
  ChartSeries line{.name = "gqa:8",
                   .shape = SeriesShape::line_with_marks,
                   .stroke = SeriesStroke::dashed,
                   .colour = 2,
                   .mark = 3,
                   .in_legend = false,
                   .end_label = "memory",
                   .points = {{.x = 1,
                               .y = 100,
                               .low = 90,
                               .high = 110,
                               .weight = 0.5,
                               .text = "one",
                               .label = "B=1",
                               .ruler = ChartRuler{.to = 300, .label = "3x below"}},
                              {.x = 2.5, .y = 180}}};
  ChartPane pane{.title = "throughput",
                 .x = {.title = "concurrent sequences", .scale = AxisScale::logarithmic, .least = 1, .most = 64},
                 .y = {.title = "tokens/s", .scale = AxisScale::logarithmic, .ticks = TickText::decimal_prefix},
                 .series = {line},
                 .guides = {{.direction = ChartGuide::Direction::horizontal,
                             .at = 120,
                             .label = "TPOT 40 ms",
                             .stroke = SeriesStroke::dotted}},
                 .regions = {{.x_low = 2, .x_high = 4, .y_low = 1, .y_high = 5, .label = "memory binds", .colour = 1}}};
  return {.title = "Llama 3.1 8B",
          .subtitle = "1x H100",
          .grade = Grade::calibrated,
          .panes = {pane},
          .footnotes = {"band: 90% of measured rows"}};
}

/// Two stacked bars.
inline Figure sample_bars() {
  ChartPane pane{.x = {.title = "variant", .scale = AxisScale::categories, .categories = {"mha", "mqa"}},
                 .y = {.title = "GiB per GPU", .ticks = TickText::binary_prefix},
                 .series = {{.name = "weights", .shape = SeriesShape::stacked_bars, .points = {{0, 16}, {1, 15}}},
                            {.name = "KV", .shape = SeriesShape::stacked_bars, .points = {{0, 40}, {1, 2}}}}};
  return {.title = "Memory", .panes = {pane}};
}

}  // namespace roofcast::tests
