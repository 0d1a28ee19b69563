#include <algorithm>
#include <array>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/chart_program.hpp"
#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/option_reader.hpp"
#include "cli/output_option.hpp"
#include "cli/report/report_page.hpp"
#include "core/chart/scenario_figure.hpp"
#include "core/plan/plan.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/scenario_file.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::cli {
namespace {

/// What the scenario has, and the model as it is, between full multi-head attention and a single KV head; what it has
/// no form for is left out.
std::vector<Candidate> variants(const ScenarioDocument& document, const PresetRoots& roots) {
  std::vector<Candidate> all;
  auto changed = document;
  changed.attention = kOwnAttention;
  const auto as_trained = resolved(changed, roots);
  for (const auto& word : {std::string("mha"), std::string(kOwnAttention),
                           document.attention.value_or(std::string(kOwnAttention)), std::string("mqa")}) {
    changed.attention = word;
    auto scenario = resolved(changed, roots);
    if (!scenario) continue;
    const auto label = attention_label(scenario->model);
    if (std::ranges::find(all, label, &Candidate::label) != all.end()) continue;
    const bool own = as_trained && label == attention_label(as_trained->model);
    all.push_back({.label = label,
                   .own = own,
                   .attention = own ? std::nullopt : attention_choice(word).value(),
                   .scenario = std::move(scenario)});
  }
  return all;
}

/// Other layouts of the device for as many users as the estimate is for; nothing for a context, which is no load.
std::optional<Plan> plan_of(const Estimate& e) {
  if (!e.scenario.workload.isl) return {};
  PlanRequest r{.base = e.scenario, .devices = {e.scenario.device}, .kv = {e.scenario.kv}};
  r.demand = {Demand::Kind::users, std::max(1.0, e.batch) * e.scenario.deployment.dp};
  auto found = plan(r);
  return found ? std::optional{std::move(*found)} : std::nullopt;
}

/// Pictures of the variants, or one line of why there are none where nothing draws. Errors: what draws failed.
Result<void> add_charts(ReportContent& content, const std::vector<Candidate>& candidates) {
  constexpr std::array kCharts{std::pair{ScenarioChart::throughput, "Throughput against concurrent conversations"},
                               std::pair{ScenarioChart::limits, "Most conversations against their length"},
                               std::pair{ScenarioChart::memory, "Memory of one device"},
                               std::pair{ScenarioChart::roofline, "Operators under the roofs of the device"}};
  const std::vector<Candidate> itself{{.label = attention_label(content.estimate.scenario.model),
                                       .scenario = content.estimate.scenario}};  // a roofline is of one scenario
  if (const auto program = drawing_program(); !program) {
    content.no_charts = error_line(program.error().front());
    return {};
  }
  for (const auto& [kind, title] : kCharts) {
    const auto figure = scenario_figure(kind, kind == ScenarioChart::roofline ? itself : candidates);
    if (!figure) continue;  // a model without such a chart has its tables
    ReportChart chart{.title = title};
    for (const auto& [theme, svg] : {std::pair{"light", &ReportChart::light}, std::pair{"dark", &ReportChart::dark}}) {
      auto drawn = picture(*figure, ".svg", {.theme = theme, .size = "1000x680"});
      if (!drawn) return std::unexpected(drawn.error());
      chart.*svg = std::move(*drawn);
    }
    content.charts.push_back(std::move(chart));
  }
  return {};
}

}  // namespace

OptionTable report_table() {
  return {
      .description =
          "Writes one scenario as a single HTML file to read, send or print: verdict, memory budget, limits, steps, "
          "attention variants side by side, assumptions, accuracy, the commands to reproduce it. It loads nothing "
          "from elsewhere and has no script.",
      .arguments = {{.name = "SCENARIO", .help = "scenario file of estimate --save", .completion = Completion::file}},
      .options = {{.name = "output",
                   .short_name = 'o',
                   .placeholder = "FILE",
                   .help = "write here; left out: stdout, unless that is a terminal",
                   .completion = Completion::file,
                   .group = "Output"}},
      .examples = {"roofcast report scenario.json -o report.html"},
      .closing =
          "Exit code 0: it is written, whatever it says, without charts where roofcast-charts is not installed; 4: "
          "roofcast-charts failed."};
}

Exit run_report(const ParsedOptions& options, Io io) {
  const PresetRoots roots = default_preset_roots();
  OptionReader reader{options};
  check_output_option(reader, options, "output");
  if (!options.given("output") && io.terminal.out_is_terminal)
    reader.add_usage_error("--output", "missing: a page of HTML would fill the terminal", "e.g. -o report.html");
  if (!reader.errors().empty()) return report(reader.errors(), io);
  const auto file = options.word("SCENARIO");
  const auto document = load_scenario(file);
  if (!document) return report(document.error(), io);
  const auto scenario = resolved(*document, roots);
  if (!scenario) return report(in_file(scenario.error(), file), io);
  const auto e = estimate(*scenario);
  if (!e) return report(in_file(e.error(), file), io);

  ReportContent content{.document = *document, .estimate = *e};
  if (!e->fits) content.remedies = remedies(*scenario, layout_said(*document));
  const auto candidates = variants(*document, roots);
  if (candidates.size() > 1)
    if (auto c = compare(candidates)) content.comparison = std::move(*c);
  if (!document->attention) content.plan = plan_of(*e);  // plans know the model as it is
  if (const auto drawn = add_charts(content, candidates); !drawn) {
    report(drawn.error(), io);
    return Exit::file;  // whatever the program says: the scenario is not to blame
  }
  if (!content.no_charts.empty() && !options.given("quiet")) fmt::print(io.err, "note: {}\n", content.no_charts);
  const auto page = report_page(content);
  if (!options.given("output")) {
    io.out << page;
    return Exit::ok;
  }
  if (const auto written = write_file_atomically(options.text("output"), page); !written)
    return report(written.error(), io);
  if (!options.given("quiet")) fmt::print(io.err, "{}: written\n", options.text("output"));
  return Exit::ok;
}

}  // namespace roofcast::cli
