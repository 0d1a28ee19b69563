#include <array>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/figure_format.hpp"
#include "cli/output_option.hpp"
#include "cli/validation_report.hpp"
#include "core/validation/doubtful_rows.hpp"
#include "core/validation/validation_tables.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/predicted_csv.hpp"
#include "hwmodels/record_json.hpp"
#include "hwmodels/validation.hpp"
#include "hwmodels/validation_fits.hpp"

namespace roofcast::cli {
namespace {

constexpr std::size_t kMostWorstRows = 100;

std::string validation_json(const Validation& v) {
  const std::array tables{NamedRecords{"summary", summary_records(v)},
                          NamedRecords{"scores", score_records(v)},
                          NamedRecords{"worst", worst_records(v, kMostWorstRows)},
                          NamedRecords{"faster_than_roof", faster_records(v)},
                          NamedRecords{"doubtful_rows", doubtful_records(v)},
                          NamedRecords{"not_predicted", unpredicted_records(v)}};
  return records_json(tables);
}

/// Exit 1 when the median error of some op's figure exceeds the tolerance.
Exit verdict(const Validation& v, std::optional<double> tolerance, bool quiet, Io io) {
  const auto worst = v.worst_median_percent();
  if (!worst && !quiet) fmt::print(io.err, "roofcast: no row could be predicted\n");
  if (!tolerance || (worst && *worst <= 100 * *tolerance)) return Exit::ok;
  if (!worst) return Exit::no;  // nothing was shown to be within it
  if (!quiet) fmt::print(io.err, "roofcast: median APE {:.1f}% is above --tolerance {:g}%\n", *worst, 100 * *tolerance);
  return Exit::no;
}

}  // namespace

OptionTable validate_table() {
  return {
      .description =
          "Joins every row of measurement files with its prediction and says how wrong the model is: by op, variant, "
          "batch, context, dtype and kernel, beside the pure roofline and a fitted two-parameter roofline. Rows faster "
          "than their roof are listed one by one with likely causes; nothing is left out or clamped.",
      .arguments = {{.name = "FILE", .help = "measurement CSV", .completion = Completion::file, .repeatable = true}},
      .options = joined({{{.name = "hardware",
                           .placeholder = "H",
                           .help = "device of every row; without it each row's own hardware column",
                           .completion = Completion::hardware,
                           .group = "Validation"},
                          {.name = "calibration",
                           .placeholder = "auto|none|FILE",
                           .help = "what times rest on: shipped fits, datasheet roofs, or a fit of your own",
                           .default_text = "auto",
                           .completion = Completion::file,
                           .group = "Validation"},
                          {.name = "tolerance",
                           .placeholder = "PERCENT",
                           .help = "exit 1 when the median APE of an op exceeds it, e.g. 20%",
                           .group = "Validation"},
                          {.name = "output",
                           .short_name = 'o',
                           .placeholder = "FILE",
                           .help = "write every row with its prediction here, as CSV",
                           .completion = Completion::file,
                           .group = "Output"}},
                         figure_options()}),
      .examples = {"roofcast validate measured.csv --tolerance 20%",
                   "roofcast validate gemm.csv moe.csv --hardware h100-sxm -o predicted.csv"},
      .closing =
          "Exit code 0: done; 1: a median APE is above --tolerance; 3: a row cannot be understood, nothing is "
          "written."};
}

Exit run_validate(const ParsedOptions& options, Io io) {
  ValidationRequest request{.roots = default_preset_roots()};
  OptionReader reader{options};
  const FigureFormat format = figure_format(reader, options);
  const auto tolerance = reader.fraction("tolerance", {.max = 1});
  if (options.given("hardware")) request.device = reader.take(named_device(request.roots, options.text("hardware")));
  for (const auto& word : options.words("FILE")) request.files.emplace_back(word);
  if (auto fits = reader.take(validation_fits(options.text("calibration"), request.roots))) {
    request.serving = std::move(fits->serving);
    request.calibrated = std::move(fits->kernels);
  }
  check_output_option(reader, options, "output");
  if (!reader.errors().empty()) return report(reader.errors(), io);
  reader.print_notes(io);

  const auto run = validate(request);
  if (!run) return report(run.error(), io);
  if (options.given("output"))
    if (auto written = write_file_atomically(options.text("output"), predicted_csv(*run)); !written)
      return report(written.error(), io);
  const Validation& v = run->validation;
  if (format == FigureFormat::json)
    io.out << validation_json(v);
  else if (format == FigureFormat::csv)
    io.out << csv(score_records(v));
  else
    io.out << validation_report(v, io.terminal);
  return verdict(v, tolerance, options.given("quiet"), io);
}

}  // namespace roofcast::cli
