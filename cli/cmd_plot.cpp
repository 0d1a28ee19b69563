#include <iterator>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/ascii_chart.hpp"
#include "cli/chart_output.hpp"
#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "core/chart/parity_figure.hpp"
#include "hwmodels/parity_points.hpp"
#include "hwmodels/sweep_figure.hpp"
#include "hwmodels/sweep_records.hpp"
#include "hwmodels/swept_file.hpp"

namespace roofcast::cli {
namespace {

constexpr const char* kKinds[] = {"throughput", "limits", "pareto", "roofline", "memory", "parity"};

/// What is asked for beside the file.
struct PlotRequest {
  std::string kind{};
  ChartSlos slos{};
  double tolerance = 0.2;
};

SweepChart sweep_chart(std::string_view kind) {
  return kind == "throughput" ? SweepChart::throughput
         : kind == "limits"   ? SweepChart::limits
         : kind == "pareto"   ? SweepChart::pareto
         : kind == "memory"   ? SweepChart::memory
                              : SweepChart::roofline;
}

Result<Figure> figure_of(const CsvFile& file, const PlotRequest& request) {
  if (request.kind == "parity") {
    const auto points = parity_points(file);
    if (!points) return std::unexpected(points.error());
    return parity_figure(*points, {.title = "Predicted against measured", .subtitle = file.name}, request.tolerance);
  }
  const auto records = sweep_records(file);
  if (!records) return std::unexpected(records.error());
  return sweep_figure(sweep_chart(request.kind), *records, request.slos, default_preset_roots());
}

/// An option that says nothing of the chart would be taken for one that does.
void refuse_unused(OptionReader& reader, const ParsedOptions& options, std::string_view kind) {
  const bool parity = kind == "parity", held = kind == "throughput" || kind == "limits" || kind == "pareto";
  for (const auto& [option, used, hint] :
       {std::tuple{"tpot", held, "only throughput, limits and pareto hold rows against it"},
        std::tuple{"ttft", held, "only throughput, limits and pareto hold rows against it"},
        std::tuple{"tolerance", parity, "only parity has a band"}})
    if (options.given(option) && !used)
      reader.add_usage_error(fmt::format("--{}", option), fmt::format("says nothing of --kind {}", kind), hint);
}

/// A chart without a point is an answer that nobody wants drawn.
Errors emptiness(const Figure& f, const std::string& file, const std::string& kind) {
  for (const auto& pane : f.panes)
    if (!pane.series.empty()) return {};
  return {{.where = file,
           .what = fmt::format("no row can be drawn as {}", kind),
           .hint = f.footnotes.empty() ? "" : f.footnotes.front()}};
}

}  // namespace

OptionTable plot_table() {
  return {.description =
              "Draws a chart from a CSV file: of what sweep or compare --csv wrote, or, for parity, of what "
              "validate -o wrote. SVG and PNG are drawn by roofcast-charts, which comes with the package roofcast-gui; "
              "CSV and --ascii need nothing.",
          .arguments = {{.name = "FILE", .help = "CSV of a sweep or a validation", .completion = Completion::file}},
          .options = joined({{{.name = "kind",
                               .placeholder = "KIND",
                               .help = "what the chart shows",
                               .default_text = kKinds[0],
                               .choices = {std::begin(kKinds), std::end(kKinds)},
                               .group = "Chart"},
                              {.name = "output",
                               .short_name = 'o',
                               .placeholder = "FILE",
                               .help = "draw here: .svg or .png; .csv writes the chart's values",
                               .completion = Completion::file,
                               .group = "Chart"},
                              {.name = "ascii", .help = "draw in the terminal", .group = "Chart"},
                              {.name = "tpot",
                               .placeholder = "TIME",
                               .help = "hold rows against this time per output token, not the sweep's SLOs",
                               .group = "Chart"},
                              {.name = "ttft",
                               .placeholder = "TIME",
                               .help = "hold rows against this time to first token",
                               .group = "Chart"},
                              {.name = "tolerance",
                               .placeholder = "PERCENT",
                               .help = "half width of the band of a parity chart",
                               .default_text = "20%",
                               .group = "Chart"}},
                             chart_look_options()}),
          .examples = {"roofcast plot sweep.csv --kind throughput -o throughput.svg",
                       "roofcast plot sweep.csv --kind pareto --tpot 40ms --ascii",
                       "roofcast plot predicted.csv --kind parity -o parity.png --theme dark"}};
}

Exit run_plot(const ParsedOptions& options, Io io) {
  OptionReader reader{options};
  const PlotRequest request{.kind = options.text("kind"),
                            .slos = {.tpot = reader.time("tpot"), .ttft = reader.time("ttft")},
                            .tolerance = reader.fraction("tolerance", {.min = 0.001, .max = 0.99}).value_or(0.2)};
  const auto target = chart_target(reader, options, "output");
  refuse_unused(reader, options, request.kind);
  if (!target && !options.given("ascii"))
    reader.add_usage_error("--output", "missing: where shall the chart go?", "e.g. -o chart.svg, or --ascii");
  if (options.word("FILE").ends_with(".json"))
    reader.add_usage_error("FILE", fmt::format("'{}' is JSON: expected a CSV", options.word("FILE")),
                           "of sweep or compare --csv, or of validate -o");
  if (!reader.errors().empty()) return report(reader.errors(), io);
  reader.print_notes(io);

  const auto file = read_csv_file(options.word("FILE"));
  if (!file) return report(file.error(), io);
  if (const auto whole = check_swept_file(options.word("FILE")); !whole) return report(whole.error(), io);
  const auto figure = figure_of(*file, request);
  if (!figure) return report(figure.error(), io);
  if (const auto errors = emptiness(*figure, file->name, request.kind); !errors.empty()) return report(errors, io);
  if (options.given("ascii")) io.out << ascii_chart(*figure, io.terminal.columns);
  return target ? write_chart(*figure, *target, options.given("quiet"), io) : Exit::ok;
}

}  // namespace roofcast::cli
