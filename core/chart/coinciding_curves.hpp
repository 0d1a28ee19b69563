#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ranges>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace roofcast {

/// Drawn one over the other: as many points, each within a line's width, a thousandth.
template <class Points, class X, class Y>
[[nodiscard]] bool coincide(const Points& a, const Points& b, X x, Y y) {
  const auto near = [](double u, double v) { return std::abs(u - v) <= 1e-3 * std::max(std::abs(u), std::abs(v)); };
  return std::ranges::equal(a, b, [&](const auto& p, const auto& q) { return near(x(p), x(q)) && near(y(p), y(q)); });
}

/// "mqa = gqa:8 here: one line hides the other", for the first curves that one before them hides; others are counted.
template <std::ranges::forward_range Curves, class X, class Y>
[[nodiscard]] std::vector<std::string> coincidence_notes(const Curves& curves, X x, Y y) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> notes;
  std::size_t found = 0;
  for (auto c = curves.begin(); c != curves.end(); ++c) {
    const auto hides = [&](const auto& o) { return o.name != c->name && coincide(o.points, c->points, x, y); };
    const auto first = std::find_if(curves.begin(), c, hides);
    if (first != c && !c->points.empty() && ++found <= kMost)
      notes.push_back(fmt::format("{} = {} here: one line hides the other", c->name, first->name));
  }
  if (found > kMost) notes.push_back(fmt::format("{} more lines are hidden like that", found - kMost));
  return notes;
}

}  // namespace roofcast
