#include <ostream>

#include "cli/chart_output.hpp"
#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/figure_format.hpp"
#include "cli/plan_options.hpp"
#include "cli/plan_report.hpp"
#include "cli/scenario_file_option.hpp"
#include "core/plan/plan_figure.hpp"
#include "core/plan/plan_records.hpp"
#include "hwmodels/plan_json.hpp"

namespace roofcast::cli {

OptionTable plan_table() {
  return {.description =
              "Finds the deployments that serve a demand and keep the SLOs: devices, parallelism, formats, batch and "
              "replicas, ranked; and why the others fail.",
          .arguments = {{.name = "MODEL",
                         .help = "preset name, or path of a config.json, GGUF or Roofcast JSON",
                         .completion = Completion::model}},
          .options = joined({plan_options(), chart_options({"pareto"}), figure_options()}),
          .examples = {"roofcast plan llama-3.1-70b --rps 5 --isl 2Ki --osl 512 --tpot 40ms --ttft 2s --hardware "
                       "h100-sxm,h200-sxm,l40s",
                       "roofcast plan llama-3.1-8b --users 200 --isl 4Ki --osl 1Ki --tpot 30ms --hardware l40s "
                       "--headroom 20% --n-plus 1 --price prices.csv"},
          .closing =
              "Exit code 0: some deployment serves the demand; 1: none does, and the nearest SLO that works is "
              "printed."};
}

Exit run_plan(const ParsedOptions& written, Io io) {
  const auto whole = with_scenario(written, kSearchedScenarioOptions);
  if (!whole) return report(whole.error(), io);
  const ParsedOptions& options = *whole;
  const PresetRoots roots = default_preset_roots();
  OptionReader reader{options};
  const FigureFormat format = figure_format(reader, options);
  const PlanRequest request = plan_request(reader, options, roots);
  const auto chart = chart_target(reader, options, "chart");
  if (!reader.errors().empty()) return report(placed(reader.errors(), options), io);
  reader.print_notes(io);

  const auto p = plan(request);
  if (!p) return report(placed(p.error(), options), io);
  if (format == FigureFormat::json)
    io.out << plan_json(*p);
  else if (format == FigureFormat::csv)
    io.out << csv(plan_records(*p));
  else
    io.out << plan_report(*p, io.terminal);
  if (p->rows.empty()) return Exit::no;  // nothing to draw
  return chart ? write_chart(plan_figure(*p), *chart, options.given("quiet"), io) : Exit::ok;
}

}  // namespace roofcast::cli
