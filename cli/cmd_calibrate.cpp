#include "cli/commands.hpp"
#include "cli/error_report.hpp"

#ifdef ROOFCAST_HAS_CALIBRATE
#include <ostream>

#include <fmt/ostream.h>

#include "cli/accuracy_records.hpp"
#include "cli/calibrate_serving.hpp"
#include "cli/option_reader.hpp"
#include "cli/output_option.hpp"
#include "cli/record_output.hpp"
#include "hwmodels/calibrate/measured_calibrations.hpp"
#include "hwmodels/calibration_profile.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/named_inputs.hpp"
#endif

namespace roofcast::cli {

OptionTable calibrate_table() {
  return {
      .description =
          "Fits the efficiency parameters of closed forms to measured kernel calls of one device and writes them as a "
          "calibration file. Beside the fit of all rows it makes fits with some configurations set apart (shapes, a "
          "middle value, the largest calls): their errors are what to expect elsewhere, and the stored interval comes "
          "from them. Errors are printed by group; 'by time' weighs rows by what they take. With --engine it fits the "
          "pace of an engine to end_to_end rows instead.",
      .arguments = {{.name = "MEASURED",
                     .help =
                         "measurement CSV (docs/cli.md): its first operator is fitted, or serving runs with --engine",
                     .completion = Completion::file}},
      .options = joined({{{.name = "hardware",
                           .placeholder = "NAME",
                           .help = "the device whose rows are fitted; with --engine several: A,B",
                           .completion = Completion::hardware,
                           .required = true},
                          {.name = "engine",
                           .placeholder = "NAME",
                           .help = "fit this engine's serving runs on the devices together",
                           .completion = Completion::engine,
                           .group = "Serving"},
                          {.name = "models",
                           .placeholder = "KIND",
                           .help = "serving runs of dense models, or of mixtures of experts",
                           .default_text = "dense",
                           .choices = {"dense", "experts"},
                           .group = "Serving"},
                          {.name = "relatives",
                           .placeholder = "NAMES",
                           .help = "devices that may borrow the fit, as extrapolated",
                           .group = "Serving"},
                          {.name = "holdout",
                           .placeholder = "SHARE",
                           .help = "of the shapes, set apart to judge the fit",
                           .default_text = "25%"},
                          {.name = "source",
                           .placeholder = "TEXT",
                           .help = "where the measurements are from",
                           .default_text = "the file's name"},
                          {.name = "date", .placeholder = "DATE", .help = "stored date", .default_text = "today"},
                          {.name = "output",
                           .short_name = 'o',
                           .placeholder = "FILE",
                           .help = "write the calibration here",
                           .completion = Completion::file,
                           .required = true,
                           .group = "Output"}},
                         figure_options()}),
      .examples = {"roofcast calibrate measured.csv --hardware h100-sxm -o h100-sxm.calibration.json",
                   "roofcast calibrate runs.csv --engine vllm --hardware h100-sxm,h200-sxm -o vllm-hopper-dense.json"}};
}

#ifdef ROOFCAST_HAS_CALIBRATE

Exit run_calibrate(const ParsedOptions& options, Io io) {
  if (options.given("engine")) return calibrate_serving(options, io);
  OptionReader reader{options};
  const auto device = reader.take(named_device(default_preset_roots(), options.text("hardware")));
  const auto apart = reader.fraction("holdout", {.min = 0, .max = 0.9});
  check_output_option(reader, options, "output");
  if (!reader.errors().empty()) return report(reader.errors(), io);
  const auto file = read_csv_file(options.word("MEASURED"));
  if (!file) return report(file.error(), io);

  const auto result =
      measured_calibrations(*file, *device,
                            {.shapes_apart = *apart,
                             .source = options.given("source") ? options.text("source") : options.word("MEASURED"),
                             .date = fit_date(options)});
  if (!result) return report(result.error(), io);
  const auto written = write_file_atomically(options.text("output"), calibrations_json(result->calibrations));
  if (!written) return report(written.error(), io);
  if (!options.given("quiet"))
    for (const auto& note : result->notes) fmt::print(io.err, "note: {}\n", note);
  print_records(accuracy_records(result->accuracy), "accuracy", options, io);
  return Exit::ok;
}

#else

Exit run_calibrate(const ParsedOptions&, Io io) {
  return report(fail("calibrate", "this build has no solver", "build with libceres-dev installed").error(), io);
}

#endif

}  // namespace roofcast::cli
