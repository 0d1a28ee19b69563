#pragma once

#include <string>

#include "core/chart/chart.hpp"

namespace roofcast {

/// The values of a chart, one point a row: pane,series,x_title,x,y_title,y,y_low,y_high,weight,label,text. On an axis
/// of categories x is the category.
[[nodiscard]] std::string figure_csv(const Figure& figure);

}  // namespace roofcast
