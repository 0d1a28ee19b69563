#include "cli/scenario_chart_option.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "cli/error_report.hpp"
#include "core/chart/scenario_figure.hpp"

namespace roofcast::cli {
namespace {

constexpr std::array kScenarioCharts{
    std::pair{"throughput", ScenarioChart::throughput}, std::pair{"limits", ScenarioChart::limits},
    std::pair{"memory", ScenarioChart::memory}, std::pair{"roofline", ScenarioChart::roofline}};

}  // namespace

std::vector<Option> scenario_chart_options() {
  std::vector<std::string> names;
  for (const auto& [name, kind] : kScenarioCharts) names.emplace_back(name);
  return chart_options(std::move(names));
}

Exit write_scenario_chart(const std::vector<Candidate>& candidates, const ChartTarget& target,
                          const ParsedOptions& options, Io io) {
  const auto named = [&](const auto& kind) { return options.text("chart-kind") == kind.first; };
  const auto figure = scenario_figure(std::ranges::find_if(kScenarioCharts, named)->second, candidates);
  if (!figure) return report(figure.error(), io);
  return write_chart(*figure, target, options.given("quiet"), io);
}

}  // namespace roofcast::cli
