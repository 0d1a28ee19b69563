#include <optional>
#include <ostream>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/interruption.hpp"
#include "cli/keep_option.hpp"
#include "cli/output_option.hpp"
#include "cli/rerun.hpp"
#include "cli/scenario_file_option.hpp"
#include "cli/sweep_options.hpp"
#include "cli/sweep_run.hpp"
#include "core/value_literal.hpp"
#include "hwmodels/output_path.hpp"
#include "hwmodels/row_encoder.hpp"
#include "hwmodels/usable_cpus.hpp"

namespace roofcast::cli {
namespace {

constexpr double kUnaskedPoints = 100e6;

/// Points are counted before any is evaluated.
void check_count(OptionReader& reader, const SweepGrid& grid, const ParsedOptions& options) {
  const auto points = with_thousands(static_cast<double>(grid.points()));
  if (grid.points() > kMostPoints)
    reader.add_usage_error("MODEL", fmt::format("more than {} points", with_thousands(double{kMostPoints})),
                           "fewer values, or longer steps");
  else if (static_cast<double>(grid.points()) > kUnaskedPoints && !options.given("yes"))
    reader.add_usage_error("--yes", fmt::format("needed for {} points", points));
}

void check_output(OptionReader& reader, const ParsedOptions& options, const std::string& path) {
  if (options.given("resume")) {
    if (path.empty())
      reader.add_usage_error("--resume", "stdout cannot be gone on with", "give --output FILE");
    else if (options.given("json"))
      reader.add_usage_error("--resume", "JSON cannot be gone on with, only CSV", "leave out --json or --resume");
    else if (is_device_or_pipe(path))
      reader.add_usage_error("--resume", fmt::format("'{}' is a device or a pipe and cannot be gone on with", path),
                             "give --output FILE");
  }
  check_output_option(reader, options, "output");
  check_rows_ending(reader, path);
  if (options.given("json") && encoding_of(path) == Encoding::zstd)
    reader.add_usage_error("--output", fmt::format("'{}': JSON is not compressed, only CSV", path),
                           "leave out --json, or .zst");
}

/// What no sweep can be without, but for one that a manifest tells of.
void check_needed(OptionReader& reader, const ParsedOptions& options) {
  if (options.words("MODEL").empty()) reader.add_usage_error("MODEL", "missing", "preset names or files");
  if (!options.given("hardware"))
    reader.add_usage_error("--hardware", "missing", "devices: preset names or profile files");
}

}  // namespace

OptionTable sweep_table() {
  return {
      .description =
          "Evaluates every combination of the values given and writes one CSV row per point, also for points "
          "that do not fit (status oom), cannot be (unsupported) or are too slow (slo). Beside a file "
          "FILE.manifest.json records arguments, versions and hashes.",
      .arguments = {{.name = "MODEL",
                     .help = "preset names or files",
                     .completion = Completion::model,
                     .required = false,
                     .repeatable = true}},
      .options = joined(
          {sweep_axis_options(),
           {scenario_file_option()},
           keep_options(),
           {{.name = "output",
             .short_name = 'o',
             .placeholder = "FILE",
             .help = "write here, compressed where it ends in .zst; left out: stdout",
             .completion = Completion::file,
             .group = "Output"},
            {.name = "resume",
             .help = "go on with what a run of the same command line left in FILE.partial",
             .group = "Output"},
            {.name = "rerun",
             .placeholder = "MANIFEST",
             .help =
                 "the sweep that FILE.manifest.json tells of, again, instead of MODEL and other flags; says whether "
                 "the rows are the same (exit code 1: they are not)",
             .completion = Completion::file,
             .group = "Output"},
            {.name = "csv", .help = "CSV, also without this flag", .group = "Output"},
            {.name = "json", .help = "a JSON array, one line per point", .group = "Output"},
            {.name = "shard",
             .placeholder = "I/N",
             .help = "only points k with 1 + k mod N = I; auto: the task's place in a Slurm array, Kubernetes indexed "
                     "job or Open MPI run, and FILE.csv becomes FILE-0000I-of-0000N.csv",
             .group = "Output"},
            {.name = "jobs",
             .short_name = 'j',
             .placeholder = "N",
             .help = "threads; left out: all CPUs that the process may use. The output is the same for any",
             .group = "Output"},
            {.name = "yes", .short_name = 'y', .help = "do not stop at more than 100 M points", .group = "Output"}}}),
      .examples = {
          "roofcast sweep llama-3.1-8b --hardware h100-sxm --batch 1..256:x2 --context 1Ki..128Ki:x2 -o out.csv",
          "roofcast sweep llama-3.1-70b --hardware h100-sxm,h200-sxm --tp 4,8 --attention own,mqa --context 32Ki",
          "roofcast sweep llama-3.1-70b --hardware h100-sxm --tp 1,2,4,8 --isl 8Ki --osl 1Ki --batch 1..512 --keep "
          "pareto",
          "roofcast sweep --rerun out.csv.manifest.json -o /dev/null"}};
}

Exit run_sweep(const ParsedOptions& written, Io io) {
  std::optional<Rerun> again;
  if (written.given("rerun")) {
    auto found = rerun(written);
    if (!found) return report(found.error(), io);
    again = std::move(*found);
  }
  const auto whole = with_scenario(again ? again->options : written);
  if (!whole) return report(whole.error(), io);
  const ParsedOptions& options = *whole;
  OptionReader reader{options};
  check_needed(reader, options);
  if (!reader.errors().empty()) return report(reader.errors(), io);
  const SweepGrid grid = sweep_grid(options, reader);
  const SweepSelection selection = sweep_selection(options, reader);
  const Reduction reduction = read_reduction(reader, options);
  if (reader.errors().empty() && grid.lengths.empty())
    reader.add_usage_error("--context", "missing", "give --context, or both --isl and --osl");
  if (!reader.errors().empty()) return report(placed(reader.errors(), options), io);
  if (const auto errors = grid_errors(grid); !errors.empty()) return report(placed(errors, options), io);
  const std::string path = sweep_output(options, selection);
  check_count(reader, grid, options);
  check_output(reader, options, path);
  const auto jobs = reader.count("jobs", {.min = 1, .max = 1024});
  if (!reader.errors().empty()) return report(placed(reader.errors(), options), io);
  reader.print_notes(io);

  const Interruption interruption;
  const SweepRequest request{.argv = io.argv,
                             .arguments = resolved_arguments(options),
                             .preset_hashes = preset_hashes(grid),
                             .points = grid.points(),
                             .shard = selection.shard,
                             .shards = selection.shards,
                             .format = std::string(options.given("json") ? kJsonFormat : kCsvFormat)};
  if (again && !options.given("quiet"))
    for (const auto& change : changes(*again, request)) fmt::print(io.err, "note: {}: {}\n", again->file, change);
  return write_sweep({.grid = grid,
                      .selection = selection,
                      .reduction = reduction,
                      .request = request,
                      .path = path,
                      .jobs = static_cast<int>(jobs.value_or(usable_cpu_count())),
                      .interruption = interruption,
                      .options = options,
                      .rerun = again ? &*again : nullptr},
                     io);
}

}  // namespace roofcast::cli
