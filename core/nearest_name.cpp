#include "core/nearest_name.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/lower_case.hpp"

namespace roofcast {
namespace {

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return lower_case(text.substr(0, prefix.size())) == lower_case(prefix);
}

std::size_t common_beginning(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t n = 0;
  while (n < most && lower_case(a[n]) == lower_case(b[n])) ++n;
  return n;
}

}  // namespace

// Optimal string alignment: three rows of the classic table, so that a swap can look two rows back.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower_case(a[i - 1]) == lower_case(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower_case(a[i - 1]) == lower_case(b[j - 2]) &&
          lower_case(a[i - 2]) == lower_case(b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::optional<std::string> nearest_name(std::string_view wrong, std::span<const std::string> known) {
  const std::string* best = nullptr;
  std::size_t best_edits = std::max<std::size_t>(1, wrong.size() / 4) + 1;
  for (const auto& name : known) {
    const auto edits = edit_distance(wrong, name);
    // Of names that are equally near, the beginning decides: people mistype endings.
    const bool nearer = edits < best_edits || (best != nullptr && edits == best_edits &&
                                               common_beginning(wrong, name) > common_beginning(wrong, *best));
    if (!nearer) continue;
    best = &name;
    best_edits = edits;
  }
  if (best == nullptr && wrong.size() >= 2)
    for (const auto& name : known)
      if (starts_with_ignoring_case(name, wrong) && (best == nullptr || name.size() < best->size())) best = &name;
  return best == nullptr ? std::nullopt : std::optional{*best};
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string> known) {
  const auto name = nearest_name(wrong, known);
  return name ? fmt::format("did you mean '{}'?", *name) : std::string{};
}

}  // namespace roofcast
