#pragma once

#include <string_view>
#include <vector>

#include "hwmodels/object_reader.hpp"

namespace roofcast {

/// {"value": ..., "source": ...}; the source is looked up under the figure's path.
[[nodiscard]] Json sourced_figure(Json value, std::string_view figure, const std::vector<FigureSource>& sources);

}  // namespace roofcast
