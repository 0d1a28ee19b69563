#include <algorithm>
#include <iterator>
#include <ostream>
#include <span>
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
#include "core/chart/limits_figure.hpp"
#include "core/chart/parity_figure.hpp"
#include "core/chart/roofline_figure.hpp"
#include "core/chart/sweep_curves.hpp"
#include "core/chart/sweep_names.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/parity_points.hpp"
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

/// The devices of the rows, as far as their names are known.
std::vector<Device> devices_of(std::span<const SweepRecord> records) {
  const PresetRoots roots = default_preset_roots();
  std::vector<std::string> names;
  std::vector<Device> out;
  for (const auto& r : records) {
    if (std::ranges::find(names, r.hardware) != names.end()) continue;
    names.push_back(r.hardware);
    if (auto device = named_device(roots, r.hardware)) out.push_back(std::move(*device));
  }
  return out;
}

Grade certainty(std::span<const SweepRecord> records) {
  Grade g = Grade::exact;
  for (const auto& r : records)
    if (r.step_ms) g = std::max(g, r.grade);
  return g;
}

Figure sweep_figure(std::span<const SweepRecord> records, const PlotRequest& request) {
  auto subject = SweepNames(records).subject();
  subject.tpot_slo = request.slos.tpot;
  if (request.kind == "throughput") return throughput_figure(concurrency_curves(records, request.slos), subject);
  if (request.kind == "limits") return limits_figure(limit_curves(records, request.slos), subject);
  if (request.kind == "pareto") return pareto_figure(pareto_points(records, request.slos), subject);
  if (request.kind == "memory") return memory_figure(memory_bars(records), subject);
  return roofline_figure(devices_of(records), step_marks(records), subject, certainty(records));
}

Result<Figure> figure_of(const CsvFile& file, const PlotRequest& request) {
  if (request.kind == "parity") {
    const auto points = parity_points(file);
    if (!points) return std::unexpected(points.error());
    return parity_figure(*points, {.title = "Predicted against measured", .subtitle = file.name}, request.tolerance);
  }
  const auto records = sweep_records(file);
  if (!records) return std::unexpected(records.error());
  return sweep_figure(*records, request);
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
