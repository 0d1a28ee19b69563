#include <optional>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/estimate_report.hpp"
#include "cli/figure_format.hpp"
#include "cli/scenario_chart_option.hpp"
#include "cli/scenario_file_option.hpp"
#include "cli/scenario_options.hpp"
#include "cli/solution_report.hpp"
#include "core/attention_override.hpp"
#include "core/estimate.hpp"
#include "core/sweep_columns.hpp"
#include "core/verdict.hpp"
#include "hwmodels/estimate_json.hpp"
#include "hwmodels/scenario_file.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::cli {
namespace {

std::string estimate_csv(const Estimate& e) {
  Scenario s = e.scenario;
  if (e.batch >= 1 && !e.arrivals) s.workload.batch = static_cast<int>(e.batch);
  const SweepConfig config = sweep_config(s);
  std::string out = sweep_header();
  append_csv(sweep_row(config, s.workload, 0), out);
  return out;
}

}  // namespace

OptionTable estimate_table() {
  return {
      .description =
          "Says whether MODEL serves this load on this hardware, and why: memory budget, KV cache, limits, "
          "the decode step by operator, prefill, cost.",
      .arguments = {{.name = "MODEL",
                     .help = "preset name, or path of a config.json, GGUF or Roofcast JSON",
                     .completion = Completion::model}},
      .options = joined({scenario_options(),
                         {solve_option()},
                         {{.name = "save",
                           .placeholder = "FILE",
                           .help = "write the scenario to a file that --scenario reads",
                           .completion = Completion::file,
                           .group = "Scenario"}},
                         scenario_chart_options(),
                         figure_options()}),
      .examples = {"roofcast estimate llama-3.1-8b --hardware h100-sxm --context 32Ki",
                   "roofcast estimate llama-3.1-70b --hardware h100-sxm --tp 4 --isl 8Ki --osl 1Ki --tpot 40ms",
                   "roofcast estimate llama-3.1-8b --hardware h100-sxm --context 64Ki --batch 128 --solve kv-heads"},
      .closing = "Exit code 0: it fits and keeps the SLOs; 1: it does not."};
}

Exit run_estimate(const ParsedOptions& written, Io io) {
  const auto whole = with_scenario(written);
  if (!whole) return report(whole.error(), io);
  const ParsedOptions& options = *whole;
  const PresetRoots roots = default_preset_roots();
  OptionReader reader{options};
  const FigureFormat format = figure_format(reader, options);
  const auto chart = chart_target(reader, options, "chart");
  const auto document = scenario_document(options);
  const auto scenario = reader.take(resolved(document, roots));
  const auto unknown = asked_unknown(reader, options);
  if (!reader.errors().empty()) return report(placed(reader.errors(), options), io);
  reader.add_notes(scenario_notes(document));
  if (const auto& unit = scenario->device.system;
      unit && scenario->deployment == Deployment{} && !document.tp && !document.gpus && !unknown)
    reader.add_notes({fmt::format("--hardware: 1 of {} devices of {} is used, --tp or --gpus takes more", unit->devices,
                                  unit->name)});
  reader.print_notes(io);

  std::optional<Solution> solution;
  if (unknown) {
    auto solved = solve(*scenario, *unknown);
    if (!solved) return report(placed(solved.error(), options), io);
    solution = std::move(*solved);
  }
  const LayoutSaid said = layout_said(document);
  const auto e = solution ? Result<Estimate>{solution->estimate} : estimate(*scenario);
  if (!e) return report(placed(e.error(), options), io);
  if (options.given("save"))
    if (const auto saved = save_scenario(options.text("save"), document); !saved) return report(saved.error(), io);

  if (format == FigureFormat::json)
    io.out << (solution ? solution_json(*solution) : estimate_json(*e));
  else if (format == FigureFormat::csv)
    io.out << estimate_csv(*e);
  else if (solution)
    io.out << solution_report(*solution, said, io.terminal);
  else
    io.out << estimate_report(*e, e->fits ? std::vector<Remedy>{} : remedies(*scenario, said), io.terminal);
  if (chart)
    if (const Exit drawn = write_scenario_chart(
            {{.label = attention_label(e->scenario.model), .scenario = e->scenario}}, *chart, options, io);
        drawn != Exit::ok)
      return drawn;
  return (solution ? solution->found : verdict(*e).yes) ? Exit::ok : Exit::no;
}

}  // namespace roofcast::cli
