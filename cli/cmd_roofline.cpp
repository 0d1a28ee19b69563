#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/ascii_chart.hpp"
#include "cli/chart_output.hpp"
#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/estimate_report.hpp"
#include "cli/figure_format.hpp"
#include "cli/record_output.hpp"
#include "cli/report_section.hpp"
#include "cli/roofline_report.hpp"
#include "cli/scenario_file_option.hpp"
#include "cli/scenario_options.hpp"
#include "core/chart/roofline_figure.hpp"
#include "core/chart/scenario_figure.hpp"
#include "core/chart/series_style.hpp"
#include "hwmodels/measurements.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::cli {
namespace {

constexpr std::int64_t kMostBatches = 8;

std::vector<Phase> phases(OptionReader& reader) {
  std::vector<Phase> out;
  for (const auto& word : reader.words("phase")) {
    if (word != "decode" && word != "prefill")
      reader.add_usage_error("--phase", fmt::format("'{}': expected decode or prefill", word),
                             "e.g. --phase decode,prefill");
    out.push_back(word == "prefill" ? Phase::prefill : Phase::decode);
  }
  return out;
}

std::vector<double> batches(OptionReader& reader) {
  const auto list = reader.values("batch", ValueKind::count, {.min = 1, .max = kMostSequences});
  if (!list) return {};
  if (list->count() > kMostBatches) {
    reader.add_usage_error("--batch", fmt::format("{} values: expected at most {}", list->count(), kMostBatches));
    return {};
  }
  std::vector<double> out;
  for (std::int64_t i = 0; i < list->count(); ++i) out.push_back(list->at(i));
  std::ranges::sort(out);
  return out;
}

/// The scenario's own options, --batch as a list.
std::vector<Option> options_of_steps() {
  auto options = scenario_options();
  const auto batch = std::ranges::find(options, "batch", &Option::name);
  batch->placeholder = "N[,N...]";
  batch->help = "conversations of the decode steps, at most 8 values";
  batch->default_text = "1,64";
  return options;
}

Result<std::vector<ChartSeries>> measured(const std::string& name, const Device& device, int first_style) {
  const auto file = read_csv_file(name);
  if (!file) return std::unexpected(file.error());
  const auto rows = measurements(*file, HardwareColumn::optional);
  if (!rows) return std::unexpected(rows.error());
  auto marks = measured_marks(*rows, device, first_style);
  if (marks.empty())
    return fail(name, fmt::format("has no kernel rows of {} with FLOPs", device.id), "its column 'hardware' decides");
  return marks;
}

}  // namespace

OptionTable roofline_table() {
  return {.description =
              "Puts every operator of a model under the roofs of a device: operational intensity, FLOP/s attained and "
              "allowed, share of the step, what binds it. Draws the roofline with -o or --ascii.",
          .arguments = {{.name = "MODEL",
                         .help = "preset name, or path of a config.json, GGUF or Roofcast JSON",
                         .completion = Completion::model}},
          .options = joined({{{.name = "phase",
                               .placeholder = "P[,P]",
                               .help = "steps to show: decode, prefill (one prompt)",
                               .default_text = "decode,prefill",
                               .group = "Roofline"},
                              {.name = "measured",
                               .placeholder = "FILE",
                               .help = "measured kernels of the device as hollow marks: a measurement CSV",
                               .completion = Completion::file,
                               .group = "Roofline"}},
                             options_of_steps(),
                             {{.name = "output",
                               .short_name = 'o',
                               .placeholder = "FILE",
                               .help = "draw here: .svg or .png; .csv writes the chart's values",
                               .completion = Completion::file,
                               .group = "Chart"},
                              {.name = "ascii", .help = "draw in the terminal", .group = "Chart"}},
                             chart_look_options(),
                             figure_options()}),
          .examples = {"roofcast roofline llama-3.1-8b --hardware h100-sxm --context 8Ki --batch 1,64",
                       "roofcast roofline llama-3.1-70b --hardware h100-sxm --tp 8 --context 32Ki -o roofline.svg"}};
}

Exit run_roofline(const ParsedOptions& written, Io io) {
  const auto whole = with_scenario(written);
  if (!whole) return report(whole.error(), io);
  const ParsedOptions& options = *whole;
  const PresetRoots roots = default_preset_roots();
  OptionReader reader{options};
  const FigureFormat format = figure_format(reader, options);
  auto document = scenario_document(options);
  document.batch.reset();  // a list here
  const auto steps = phases(reader);
  const auto sizes = batches(reader);
  const auto target = chart_target(reader, options, "output");
  if (options.given("ascii") && format != FigureFormat::text)
    reader.add_usage_error("--ascii", "excludes --json and --csv", "-o FILE draws beside them");
  const auto scenario = reader.take(resolved(document, roots));
  if (!reader.errors().empty()) return report(placed(reader.errors(), options), io);
  reader.add_notes(scenario_notes(document));
  reader.print_notes(io);

  const auto rows = roofline_rows(*scenario, steps, sizes);
  if (!rows) return report(placed(rows.error(), options), io);
  const bool drawn = target || options.given("ascii");
  auto marks = operator_marks(*rows);
  if (options.given("measured")) {
    auto extra = measured(options.text("measured"), scenario->device, next_style(marks));
    if (!extra) return report(extra.error(), io);
    std::ranges::move(*extra, std::back_inserter(marks));
    if (!drawn && !options.given("quiet"))
      fmt::print(io.err, "note: --measured: shown in charts alone, with -o FILE or --ascii\n");
  }
  if (format != FigureFormat::text) print_records(roofline_records(*rows), "operators", options, io);
  if (!drawn) {
    if (format != FigureFormat::text) return Exit::ok;
    io.out << paragraph(fmt::format("{}: {}", chart_subject(*scenario).title, chart_subject(*scenario).subtitle),
                        io.terminal.columns)
           << paragraph(roofs_text(scenario->device), io.terminal.columns) << roofline_report(*rows, io.terminal);
    return Exit::ok;
  }
  const auto figure =
      roofline_figure(std::array{scenario->device}, std::move(marks), chart_subject(*scenario), certainty(*rows));
  if (options.given("ascii")) io.out << ascii_chart(figure, io.terminal.columns);
  return target ? write_chart(figure, *target, options.given("quiet"), io) : Exit::ok;
}

}  // namespace roofcast::cli
