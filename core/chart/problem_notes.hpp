#pragma once

#include <cstddef>
#include <ranges>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/value_literal.hpp"

namespace roofcast {

/// Why curves (or bars) have no points, for the footnotes: the first few one by one, the others counted, so that a
/// large sweep leaves room for its chart.
template <std::ranges::forward_range Items>
[[nodiscard]] std::vector<std::string> problem_notes(const Items& items) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> notes;
  std::size_t found = 0;
  for (const auto& item : items)
    if (!item.problem.empty() && ++found <= kMost) notes.push_back(fmt::format("{}: {}", item.name, item.problem));
  if (found > kMost)
    notes.push_back(fmt::format("{} more without a point", with_thousands(static_cast<double>(found - kMost))));
  return notes;
}

}  // namespace roofcast
