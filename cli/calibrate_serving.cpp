#include "cli/calibrate_serving.hpp"

#include <array>
#include <chrono>
#include <ostream>

#include <fmt/chrono.h>
#include <fmt/ostream.h>

#include "cli/error_report.hpp"
#include "cli/option_reader.hpp"
#include "cli/output_option.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/named_inputs.hpp"
#ifdef ROOFCAST_HAS_CALIBRATE
#include "cli/record_output.hpp"
#include "cli/record_sections.hpp"
#include "hwmodels/calibrate/serving_samples.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/measurements.hpp"
#include "hwmodels/record_json.hpp"
#include "hwmodels/serving_profile.hpp"
#endif

namespace roofcast::cli {

std::string fit_date(const ParsedOptions& options) {
  if (options.given("date")) return options.text("date");
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::chrono::system_clock::now()));
}

#ifdef ROOFCAST_HAS_CALIBRATE

namespace {

constexpr SectionsBy kLeftOut{.key = "reason", .title = "Left out", .rest = "--json lists all"};

std::vector<std::string> device_ids(OptionReader& reader, std::string_view option, const PresetRoots& roots) {
  std::vector<std::string> ids;
  for (const auto& word : reader.words(option))
    if (const auto device = reader.take(named_device(roots, word))) ids.push_back(device->id);
  return ids;
}

RecordTable error_records(const ServingCalibration& c) {
  RecordTable table{.fields = {{"rows_of", "rows not fitted on", false},
                               {"rows", "rows"},
                               {"median_percent", "median APE"},
                               {"p90_percent", "p90 APE"}}};
  for (const auto& e : c.errors)
    table.records.push_back({text_cell(e.rows_of), number_cell(e.rows, fmt::format("{}", e.rows)),
                             number_cell(e.median_percent, fmt::format("{:.1f}%", e.median_percent)),
                             number_cell(e.p90_percent, fmt::format("{:.1f}%", e.p90_percent))});
  return table;
}

}  // namespace

Exit calibrate_serving(const ParsedOptions& options, Io io) {
  const PresetRoots roots = default_preset_roots();
  OptionReader reader{options};
  const auto engine = reader.take(find_engine(roots, options.text("engine")));
  const auto devices = device_ids(reader, "hardware", roots);
  ServingCalibration c{.experts = options.text("models") == "experts",
                       .relatives = device_ids(reader, "relatives", roots),
                       .source = options.given("source") ? options.text("source") : options.word("MEASURED"),
                       .date = fit_date(options)};
  check_output_option(reader, options, "output");
  if (!reader.errors().empty()) return report(reader.errors(), io);
  c.engine = engine->id;
  const auto file = read_csv_file(options.word("MEASURED"));
  if (!file) return report(file.error(), io);
  const auto rows = measurements(*file);
  if (!rows) return report(rows.error(), io);

  const auto taken = serving_samples(*rows, *engine, c.experts, devices, roots);
  const auto left_out = left_out_records(taken.left_out, *file);
  const auto fit = fit_serving(taken.samples, std::move(c));
  if (!fit) {
    if (!options.given("quiet")) io.err << sections_by(left_out, kLeftOut, io.terminal);
    return report(fit.error(), io);
  }
  if (const auto written = write_file_atomically(options.text("output"), serving_json(*fit)); !written)
    return report(written.error(), io);
  if (options.given("json")) {
    const std::array tables{NamedRecords{"accuracy", error_records(*fit)}, NamedRecords{"left_out", left_out}};
    io.out << records_json(tables);
    return Exit::ok;
  }
  print_records(error_records(*fit), "accuracy", options, io);
  if (!options.given("csv"))
    io.out << sections_by(left_out, kLeftOut, io.terminal);
  else if (!options.given("quiet") && !taken.left_out.empty())
    fmt::print(io.err, "note: left out {} runs; --json lists them\n", taken.left_out.size());
  return Exit::ok;
}

#else

Exit calibrate_serving(const ParsedOptions&, Io io) {
  return report(fail("calibrate", "this build has no solver", "build with libceres-dev installed").error(), io);
}

#endif

}  // namespace roofcast::cli
