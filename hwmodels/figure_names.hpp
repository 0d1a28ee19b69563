#pragma once

/// What a chart's file calls the values of its enumerations.

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/chart/chart.hpp"

namespace roofcast {

template <class Value, std::size_t N>
using NameTable = std::array<std::pair<std::string_view, Value>, N>;

inline constexpr NameTable<SeriesShape, 5> kSeriesShapes{{{"line", SeriesShape::line},
                                                          {"marks", SeriesShape::marks},
                                                          {"hollow_marks", SeriesShape::hollow_marks},
                                                          {"line_with_marks", SeriesShape::line_with_marks},
                                                          {"stacked_bars", SeriesShape::stacked_bars}}};
inline constexpr NameTable<SeriesStroke, 3> kSeriesStrokes{
    {{"solid", SeriesStroke::solid}, {"dashed", SeriesStroke::dashed}, {"dotted", SeriesStroke::dotted}}};
inline constexpr NameTable<AxisScale, 3> kAxisScales{
    {{"linear", AxisScale::linear}, {"logarithmic", AxisScale::logarithmic}, {"categories", AxisScale::categories}}};
inline constexpr NameTable<TickText, 3> kTickTexts{{{"plain", TickText::plain},
                                                    {"decimal_prefix", TickText::decimal_prefix},
                                                    {"binary_prefix", TickText::binary_prefix}}};
inline constexpr NameTable<ChartGuide::Direction, 2> kGuideDirections{
    {{"vertical", ChartGuide::Direction::vertical}, {"horizontal", ChartGuide::Direction::horizontal}}};
inline constexpr NameTable<Grade, 5> kGrades{{{"exact", Grade::exact},
                                              {"measured", Grade::measured},
                                              {"calibrated", Grade::calibrated},
                                              {"extrapolated", Grade::extrapolated},
                                              {"theoretical", Grade::theoretical}}};

template <class Value, std::size_t N>
[[nodiscard]] std::string_view name_in(const NameTable<Value, N>& table, Value value) {
  return std::ranges::find(table, value, &std::pair<std::string_view, Value>::second)->first;
}

}  // namespace roofcast
