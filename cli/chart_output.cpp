#include "cli/chart_output.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <ostream>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/error_report.hpp"
#include "core/chart/figure_csv.hpp"
#include "hwmodels/figure_json.hpp"
#include "hwmodels/file_output.hpp"

namespace roofcast::cli {
namespace {

constexpr std::array<std::string_view, 4> kEndings{".svg", ".png", ".csv", ".json"};
constexpr int kLeastPixels = 300, kMostPixels = 10000;

/// "1200x800"
bool is_size(std::string_view text) {
  const auto cross = text.find('x');
  if (cross == std::string_view::npos) return false;
  const auto side = [](std::string_view digits) {
    int value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return problem == std::errc{} && end == digits.data() + digits.size() && value >= kLeastPixels &&
           value <= kMostPixels;
  };
  return side(text.substr(0, cross)) && side(text.substr(cross + 1));
}

Result<std::string> content(const Figure& figure, const ChartTarget& target) {
  if (target.ending == ".csv") return figure_csv(figure);
  if (target.ending == ".json") return figure_json(figure);
  return picture(figure, target.ending, target.look);
}

}  // namespace

std::vector<Option> chart_look_options() {
  return {{.name = "theme",
           .placeholder = "THEME",
           .help = "colours of a drawn chart",
           .default_text = "light",
           .choices = {"light", "dark"},
           .group = "Chart"},
          {.name = "size",
           .placeholder = "WxH",
           .help = "pixels of a drawn chart",
           .default_text = "1200x800",
           .group = "Chart"}};
}

std::vector<Option> chart_options(std::vector<std::string> kinds) {
  auto first = kinds.front();
  return joined({{{.name = "chart",
                   .placeholder = "FILE",
                   .help = "draw a chart too: .svg or .png; .csv writes its values",
                   .completion = Completion::file,
                   .group = "Chart"},
                  {.name = "chart-kind",
                   .placeholder = "KIND",
                   .help = "what the chart shows",
                   .default_text = std::move(first),
                   .choices = std::move(kinds),
                   .group = "Chart"}},
                 chart_look_options()});
}

std::optional<ChartTarget> chart_target(OptionReader& reader, const ParsedOptions& options, const std::string& option) {
  ChartTarget t{.look = {.theme = options.text("theme"), .size = options.text("size")}};
  if (!is_size(t.look.size))
    reader.add_usage_error(
        "--size",
        fmt::format("'{}': expected WIDTHxHEIGHT, {} to {} pixels each", t.look.size, kLeastPixels, kMostPixels),
        "e.g. --size 1200x800");
  if (!options.given(option)) return {};
  t.file = options.text(option);
  t.ending = std::filesystem::path(t.file).extension().string();
  if (std::ranges::find(kEndings, t.ending) == kEndings.end())
    reader.add_usage_error("--" + option,
                           fmt::format("'{}': expected a name that ends in .svg, .png, .csv or .json", t.file));
  return t;
}

Exit write_chart(const Figure& figure, const ChartTarget& target, bool quiet, Io io) {
  const auto bytes = content(figure, target);
  if (!bytes) return report(bytes.error(), io);
  if (const auto written = write_file_atomically(target.file, *bytes); !written) return report(written.error(), io);
  if (!quiet) fmt::print(io.err, "{}: written\n", target.file);
  return Exit::ok;
}

}  // namespace roofcast::cli
