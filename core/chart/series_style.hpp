#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/chart/chart.hpp"

namespace roofcast {

/// More curves than this tell a reader nothing; the footnotes say how many are left out.
inline constexpr std::size_t kMostCurves = 16;

/// Numbers names in the order in which they are first seen: the same variant has the same colour and mark on every
/// chart of the same data.
class NameOrder {
 public:
  [[nodiscard]] int index(std::string_view name) {
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (names_[i] == name) return static_cast<int>(i);
    names_.emplace_back(name);
    return static_cast<int>(names_.size()) - 1;
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_{};
};

/// An empty series that looks like variant number `index`.
[[nodiscard]] inline ChartSeries styled_series(std::string name, SeriesShape shape, int index) {
  return {.name = std::move(name), .shape = shape, .colour = index, .mark = index};
}

/// The first number that no series has.
[[nodiscard]] inline int next_style(const std::vector<ChartSeries>& series) {
  int next = 0;
  for (const auto& s : series) next = std::max(next, s.colour + 1);
  return next;
}

}  // namespace roofcast
