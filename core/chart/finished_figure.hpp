#pragma once

#include <string_view>

#include "core/chart/chart.hpp"

namespace roofcast {

/// The figure as it may be drawn. What its axes cannot show (NaN, infinity, zero on a logarithmic axis) is left out
/// and counted in a footnote; series without points go; a theoretical figure says in its subtitle what that means.
[[nodiscard]] Figure finished(Figure figure, std::string_view theoretical = "datasheet roofs, nothing calibrated");

/// What `theoretical` means of figures of memory alone.
inline constexpr std::string_view kByEngineRules =
    "overhead by the engine's rules; weights and cache follow from the architecture";

/// The least certain of both.
[[nodiscard]] constexpr Grade less_certain(Grade a, Grade b) {
  return a < b ? b : a;
}

}  // namespace roofcast
