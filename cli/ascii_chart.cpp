#include "cli/ascii_chart.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/ascii_bars.hpp"
#include "cli/ascii_plot.hpp"
#include "cli/text_width.hpp"

namespace roofcast::cli {
namespace {

std::string paragraph_lines(std::string_view text, int columns) {
  std::string out;
  for (const auto& line : wrapped(text, columns)) out += line + '\n';
  return out;
}

}  // namespace

std::string ascii_chart(const Figure& figure, int columns) {
  std::string out = paragraph_lines(figure.title, columns);
  if (!figure.subtitle.empty()) out += paragraph_lines(figure.subtitle, columns);
  out += paragraph_lines(fmt::format("grade: {}", name(figure.grade)), columns);
  for (const auto& pane : figure.panes) {
    out += '\n';
    out += pane.x.scale == AxisScale::categories ? ascii_bars(pane, columns) : ascii_plot(pane, columns);
  }
  if (!figure.footnotes.empty()) out += '\n';
  for (const auto& note : figure.footnotes) out += paragraph_lines(note, columns);
  return out;
}

}  // namespace roofcast::cli
