#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/chart_program.hpp"
#include "cli/command.hpp"
#include "cli/option_reader.hpp"

namespace roofcast::cli {

/// --theme and --size, in the group "Chart".
[[nodiscard]] std::vector<Option> chart_look_options();

/// --chart FILE and --chart-kind, one of `kinds`, the first by default: for commands that print something else. With
/// the options of look.
[[nodiscard]] std::vector<Option> chart_options(std::vector<std::string> kinds);

/// Where a chart goes. The ending says what it is: .svg and .png are drawn, .csv has the values, .json the figure.
struct ChartTarget {
  std::string file{};
  std::string ending{};  ///< ".svg"
  ChartLook look{};
};

/// The file of that option, "output" or "chart"; nullopt where it is not given. Problems go to the reader.
[[nodiscard]] std::optional<ChartTarget> chart_target(OptionReader& reader, const ParsedOptions& options,
                                                      const std::string& option);

/// Writes the chart whole or not at all, and says so on stderr unless --quiet. Exit: ok, or that of the problem, which
/// is reported.
Exit write_chart(const Figure& figure, const ChartTarget& target, bool quiet, Io io);

}  // namespace roofcast::cli
