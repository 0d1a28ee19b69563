#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/grade.hpp"

namespace roofcast {

/// What a point is measured against, straight above or below it: a roof. Shown while the point is hovered.
struct ChartRuler {
  double to = 0;        ///< a y
  std::string label{};  ///< the gap: "2.1x below HBM3 roof"

  friend bool operator==(const ChartRuler&, const ChartRuler&) = default;
};

/// One value of a series. What a logarithmic axis cannot show (zero, NaN) never gets here: the footnotes count it.
struct ChartPoint {
  double x = 0;
  double y = 0;
  std::optional<double> low{};   ///< of y: the interval that is drawn as a band
  std::optional<double> high{};  ///< of y
  double weight = 1;             ///< area of its mark beside that of other points, 0..1
  std::string text{};            ///< what hovering says, units included
  std::string label{};           ///< written beside the mark; empty: nothing
  std::optional<ChartRuler> ruler{};

  friend bool operator==(const ChartPoint&, const ChartPoint&) = default;
};

enum class SeriesShape { line, marks, hollow_marks, line_with_marks, stacked_bars };
enum class SeriesStroke { solid, dashed, dotted };

/// Points that belong together. Colour and mark are indices into the renderer's palette, so that the same variant
/// looks the same on every chart and differs in both.
struct ChartSeries {
  std::string name{};
  SeriesShape shape = SeriesShape::line;
  SeriesStroke stroke = SeriesStroke::solid;
  int colour = 0;
  int mark = 0;
  bool in_legend = true;
  std::string end_label{};  ///< written at the last point ("out of memory"); empty: nothing
  std::vector<ChartPoint> points{};

  friend bool operator==(const ChartSeries&, const ChartSeries&) = default;
};

enum class AxisScale { linear, logarithmic, categories };
enum class TickText { plain, decimal_prefix, binary_prefix };  ///< 131072: "131072", "131k", "128Ki"

struct ChartAxis {
  std::string title{};  ///< with the unit: "concurrent sequences", "tokens/s per user"
  AxisScale scale = AxisScale::linear;
  TickText ticks = TickText::plain;
  std::optional<double> least{};  ///< absent: from the data
  std::optional<double> most{};
  std::vector<std::string> categories{};  ///< of AxisScale::categories; point x = 0, 1, ... is their index

  friend bool operator==(const ChartAxis&, const ChartAxis&) = default;
};

/// A straight line across the plot with a label: an SLO, a ridge, the end of memory.
struct ChartGuide {
  enum class Direction { vertical, horizontal };
  Direction direction = Direction::vertical;
  double at = 0;
  std::string label{};
  SeriesStroke stroke = SeriesStroke::dashed;

  friend bool operator==(const ChartGuide&, const ChartGuide&) = default;
};

/// An area between two x (or y) values with a label: where a limit binds, an SLO that holds.
struct ChartRegion {
  std::optional<double> x_low{}, x_high{};  ///< absent: to the edge of the plot
  std::optional<double> y_low{}, y_high{};
  std::string label{};
  int colour = 0;

  friend bool operator==(const ChartRegion&, const ChartRegion&) = default;
};

/// One plot with its axes.
struct ChartPane {
  std::string title{};
  ChartAxis x{};
  ChartAxis y{};
  std::vector<ChartSeries> series{};
  std::vector<ChartGuide> guides{};
  std::vector<ChartRegion> regions{};

  friend bool operator==(const ChartPane&, const ChartPane&) = default;
};

/// What a picture shows: the window, `roofcast plot` and reports give it to the same renderer. Panes stand
/// below each other.
struct Figure {
  std::string title{};
  std::string subtitle{};
  Grade grade = Grade::theoretical;  ///< of the least certain value; drawn, with "theoretical" in words
  std::vector<ChartPane> panes{};
  std::vector<std::string> footnotes{};  ///< calibration, interval, what was left out of the picture and why

  friend bool operator==(const Figure&, const Figure&) = default;
};

}  // namespace roofcast
