// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/chart_arguments.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>

#include "core/chart/picture_size.hpp"
#include "core/nearest_name.hpp"
#include "core/version.hpp"
#include "gui/charts/figure_picture.hpp"

namespace roofcast::gui {
namespace {

constexpr std::string_view kUsage =
    R"(usage: roofcast-charts --output FILE.svg|FILE.png [--theme light|dark] [--size 1200x800] FIGURE.json

Draws a chart that roofcast described (schema roofcast/figure/1). `roofcast plot`, `roofcast roofline` and --chart
call it; it needs no display. SVG is vector, PNG has two pixels per pixel of --size.

  --output FILE          where to; the ending decides the format
  --theme light|dark     colours (light)
  --size WIDTHxHEIGHT    pixels, 300 to 10000 each way (1200x800)
  --help, --version

Exit: 0 drawn, 2 usage, 3 the figure is not understood, 4 a file cannot be read or written.)";

const std::vector<std::string>& flags() {
  static const std::vector<std::string> all{"--output", "--theme", "--size", "--help", "--version"};
  return all;
}

/// Flags with their values, and the figure under "".
Result<std::map<std::string, std::string>> split(const std::vector<std::string>& words) {
  std::map<std::string, std::string> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string flag = words[i];
    std::optional<std::string> value;
    if (!flag.starts_with("--")) {
      value = std::exchange(flag, "");
    } else if (const auto equals = flag.find('='); equals != std::string::npos) {
      value = flag.substr(equals + 1);
      flag.resize(equals);
    }
    if (!flag.empty() && std::ranges::find(flags(), flag) == flags().end()) {
      const auto meant = nearest_name(flag, flags());
      return usage_error(flag, "no such option", meant ? fmt::format("did you mean '{}'?", *meant) : "see --help");
    }
    if (flag == "--help" || flag == "--version") value = "asked";
    if (!value && ++i >= words.size()) return usage_error(flag, "needs a value");
    if (!found.emplace(flag, value ? *value : words[i]).second) {
      return usage_error(flag.empty() ? "FIGURE.json" : flag, "given twice; one picture at a time");
    }
  }
  return found;
}

}  // namespace

Result<ChartArguments> chart_arguments(const std::vector<std::string>& words) {
  const auto given = split(words);
  if (!given) return std::unexpected(given.error());
  if (given->contains("--help")) return ChartArguments{.answer = std::string(kUsage)};
  if (given->contains("--version")) return ChartArguments{.answer = fmt::format("roofcast-charts {}", version())};
  const auto value = [&](const std::string& flag, const std::string& otherwise) {
    const auto at = given->find(flag);
    return at == given->end() ? otherwise : at->second;
  };
  const std::string output = value("--output", "");
  if (output.empty()) return usage_error("--output", "missing: where the picture goes, FILE.svg or FILE.png");
  if (!given->contains("")) return usage_error("FIGURE.json", "missing: the chart to draw");
  const std::string theme = value("--theme", "light");
  const auto colours = theme_named(theme);
  if (!colours) return usage_error("--theme", fmt::format("'{}' is neither light nor dark", theme));
  const auto size = parse_picture_size(value("--size", "1200x800"));
  if (!size) return std::unexpected(size.error());
  if (const auto ending = std::filesystem::path(output).extension(); ending != ".svg" && ending != ".png") {
    return usage_error("--output", fmt::format("'{}' does not end in .svg or .png", output));
  }
  return ChartArguments{
      .output = output, .figure = given->at(""), .theme = *colours, .size = {size->width, size->height}};
}

}  // namespace roofcast::gui
