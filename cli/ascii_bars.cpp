#include "cli/ascii_bars.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/figure_text.hpp"
#include "cli/text_width.hpp"

namespace roofcast::cli {
namespace {

constexpr std::string_view kFill = "#+=.~%*o";
constexpr int kLongestName = 28;

double value(const ChartSeries& s, std::size_t category) {
  for (const auto& p : s.points)
    if (p.x == static_cast<double>(category)) return p.y;
  return 0;
}

double sum(const ChartPane& pane, std::size_t category) {
  double out = 0;
  for (const auto& s : pane.series) out += value(s, category);
  return out;
}

/// The bar, whose parts end where their running sum does: roundings do not add up.
std::string bar(const ChartPane& pane, std::size_t category, double per_character) {
  std::string out;
  double end = 0;
  for (std::size_t i = 0; i < pane.series.size(); ++i) {
    end += value(pane.series[i], category);
    const auto size = static_cast<std::size_t>(std::lround(end / per_character));
    if (size > out.size()) out.resize(size, kFill[i % kFill.size()]);
  }
  return out;
}

}  // namespace

std::string ascii_bars(const ChartPane& pane, int columns) {
  std::size_t name = 0;
  double most = 0;
  for (std::size_t i = 0; i < pane.x.categories.size(); ++i) {
    name = std::max(name, pane.x.categories[i].size());
    most = std::max(most, sum(pane, i));
  }
  for (const auto& g : pane.guides) most = std::max(most, g.at);
  name = std::min<std::size_t>(name, kLongestName);
  constexpr int kNumber = 9;
  const int width = std::max(10, std::min(columns, 120) - static_cast<int>(name) - kNumber);
  std::string out = pane.y.title + '\n';
  for (std::size_t i = 0; i < pane.x.categories.size(); ++i) {
    const auto shown = prefix_of_width(pane.x.categories[i], static_cast<int>(name));
    out += fmt::format("{:<{}} {} {}\n", shown, name, bar(pane, i, most > 0 ? most / width : 1),
                       short_number(sum(pane, i)));
  }
  for (std::size_t i = 0; i < pane.series.size(); ++i)
    out += fmt::format("  {} {}\n", kFill[i % kFill.size()], pane.series[i].name);
  for (const auto& g : pane.guides) out += fmt::format("  {}\n", g.label);
  return out;
}

}  // namespace roofcast::cli
