#include "cli/chart_output.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/error_report.hpp"
#include "cli/output_option.hpp"
#include "core/chart/figure_csv.hpp"
#include "core/chart/picture_size.hpp"
#include "hwmodels/figure_json.hpp"
#include "hwmodels/file_output.hpp"

namespace roofcast::cli {
namespace {

constexpr std::array<std::string_view, 4> kEndings{".svg", ".png", ".csv", ".json"};

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
  static_cast<void>(reader.take(parse_picture_size(t.look.size)));
  if (!options.given(option)) return {};
  check_output_option(reader, options, option);
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
