#include <algorithm>
#include <optional>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/interruption.hpp"
#include "cli/point_progress.hpp"
#include "cli/sweep_options.hpp"
#include "core/sweep.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/kernels/thread_team.hpp"
#include "hwmodels/sweep_json.hpp"

namespace roofcast::cli {
namespace {

constexpr double kUnaskedPoints = 100e6;

/// Collects rows into a file or stdout, counting and hashing what it writes.
class SweepWriter {
 public:
  SweepWriter(FileOutput* file, std::ostream& out) : file_{file}, out_{out} {}

  /// False once the output can take no more.
  bool write(std::string_view bytes) {
    hash_.update(bytes);
    bytes_ += bytes.size();
    if (file_ == nullptr)
      return static_cast<bool>(out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
    if (auto done = file_->write(bytes); !done) {
      errors_ = done.error();
      return false;
    }
    return true;
  }

  [[nodiscard]] const Errors& errors() const { return errors_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::string hash() { return hash_.hex(); }

 private:
  FileOutput* file_;
  std::ostream& out_;
  Sha256 hash_{};
  std::uint64_t bytes_ = 0;
  Errors errors_{};
};

/// A file of rows: what is around them.
struct SweepFormat {
  std::string (*head)();
  RowFormat rows;
  std::string_view tail;
};

constexpr SweepFormat kSweepCsv{sweep_header, {append_csv}, ""};
constexpr SweepFormat kSweepJson{[] { return std::string("["); },
                                 {[](const SweepRow& row, std::string& out) {
                                    out += '\n';
                                    append_json(row, out);
                                  },
                                  ","},
                                 "\n]\n"};

/// What a sweep is and how it is told.
struct SweepRun {
  const SweepGrid& grid;
  const SweepSelection& selection;
  const SweepFormat& format;
  int jobs = 1;
  const Interruption& interruption;
  const ParsedOptions& options;
  Io io;
};

Result<SweepOutcome> write_rows(const SweepRun& run, FileOutput* file) {
  SweepOutcome outcome{.started = utc_now()};
  SweepWriter writer(file, run.io.out);
  PointProgress progress(run.options, run.io, run.grid.points());
  if (writer.write(run.format.head()))
    outcome.rows = sweep_text(run.grid, run.selection, run.format.rows, run.jobs, [&](const SweepChunk& chunk) {
      if (run.interruption.requested() || !writer.write(chunk.text)) return false;
      progress.at(chunk.next_point);
      return true;
    });
  writer.write(run.format.tail);
  if (!writer.errors().empty()) return std::unexpected(writer.errors());
  outcome.bytes = writer.bytes();
  outcome.sha256 = writer.hash();
  outcome.finished = utc_now();
  return outcome;
}

/// Nothing left is an answer: no.
Exit ending(const SweepOutcome& outcome, const SweepSelection& selection, Io io) {
  if (outcome.rows > 0 || !selection.where) return Exit::ok;
  fmt::print(io.err, "roofcast: --where: keeps none of the points\n");
  return Exit::no;
}

/// Finished rows are kept under a name of their own: the file itself is whole or as it was.
Exit keep_partial(FileOutput file, const SweepOutcome& outcome, const std::string& path, Io io) {
  const auto partial = file.replaces_file() ? path + ".partial" : path;
  if (auto done = file.commit_as(partial); !done) return report(done.error(), io);
  fmt::print(io.err, "roofcast: {}: interrupted, {} finished rows are in {}\n", path,
             with_thousands(static_cast<double>(outcome.rows)), partial);
  return Exit::interrupted;
}

Exit run_to_file(const SweepRun& run, const SweepRequest& request, FileOutput file, const std::string& path) {
  const Io io = run.io;
  const auto outcome = write_rows(run, &file);
  if (!outcome) return report(outcome.error(), io);
  if (run.interruption.requested()) return keep_partial(std::move(file), *outcome, path, io);
  const bool whole_file = file.replaces_file();
  if (auto done = file.commit(); !done) return report(done.error(), io);
  if (!whole_file) return ending(*outcome, run.selection, io);  // a device or a pipe has nothing beside it
  if (auto done = write_file_atomically(path + ".manifest.json", manifest_json(request, *outcome, path)); !done)
    return report(done.error(), io);
  return ending(*outcome, run.selection, io);
}

/// Points are counted before any is evaluated.
void check_count(OptionReader& reader, const SweepGrid& grid, const ParsedOptions& options) {
  const auto points = with_thousands(static_cast<double>(grid.points()));
  if (grid.points() > kMostPoints)
    reader.add_usage_error("MODEL", fmt::format("more than {} points", with_thousands(double{kMostPoints})),
                           "fewer values, or longer steps");
  else if (static_cast<double>(grid.points()) > kUnaskedPoints && !options.given("yes"))
    reader.add_usage_error("--yes", fmt::format("needed for {} points", points));
}

void check_output(OptionReader& reader, const std::string& path) {
  for (const auto* ending : {".zst", ".gz", ".xz"})
    if (path.ends_with(ending))
      reader.add_usage_error("--output", fmt::format("'{}': compressed files are not written", path),
                             "write plain CSV and compress it");
}

}  // namespace

OptionTable sweep_table() {
  return {
      .description =
          "Evaluates every combination of the values given and writes one CSV row per point, also for points "
          "that do not fit (status oom), cannot be (unsupported) or are too slow (slo). Beside a file "
          "FILE.manifest.json records arguments, versions and hashes.",
      .arguments =
          {{.name = "MODEL", .help = "preset names or files", .completion = Completion::model, .repeatable = true}},
      .options = joined(
          {sweep_axis_options(),
           {{.name = "output",
             .short_name = 'o',
             .placeholder = "FILE",
             .help = "write here; left out: stdout",
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
          "roofcast sweep llama-3.1-70b --hardware h100-sxm,h200-sxm --tp 4,8 --attention own,mqa --context 32Ki"}};
}

Exit run_sweep(const ParsedOptions& options, Io io) {
  OptionReader reader{options};
  const SweepGrid grid = sweep_grid(options, reader);
  const SweepSelection selection = sweep_selection(options, reader);
  if (reader.errors().empty() && grid.lengths.empty())
    reader.add_usage_error("--context", "missing", "give --context, or both --isl and --osl");
  if (!reader.errors().empty()) return report(reader.errors(), io);
  if (const auto errors = grid_errors(grid); !errors.empty()) return report(errors, io);
  const std::string path = sweep_output(options, selection);
  check_count(reader, grid, options);
  check_output(reader, path);
  const auto jobs = reader.count("jobs", {.min = 1, .max = 1024});
  if (!reader.errors().empty()) return report(reader.errors(), io);
  reader.print_notes(io);

  const Interruption interruption;
  std::optional<FileOutput> file;
  if (!path.empty()) {
    file = reader.take(FileOutput::create(path));
    if (!file) return report(reader.errors(), io);
  }
  if (!options.given("quiet"))
    fmt::print(io.err, "{} point{}\n", with_thousands(static_cast<double>(grid.points())),
               grid.points() == 1 ? "" : "s");

  const SweepRequest request{.argv = io.argv,
                             .arguments = resolved_arguments(options),
                             .preset_hashes = preset_hashes(grid),
                             .points = grid.points(),
                             .shard = selection.shard,
                             .shards = selection.shards};
  const SweepRun run{.grid = grid,
                     .selection = selection,
                     .format = options.given("json") ? kSweepJson : kSweepCsv,
                     .jobs = static_cast<int>(jobs.value_or(
                         static_cast<std::int64_t>(std::max<std::size_t>(1, kernels::usable_cpus().size())))),
                     .interruption = interruption,
                     .options = options,
                     .io = io};
  if (file) return run_to_file(run, request, std::move(*file), path);
  const auto outcome = write_rows(run, nullptr);
  if (!outcome) return report(outcome.error(), io);
  return interruption.requested() ? Exit::interrupted : ending(*outcome, selection, io);
}

}  // namespace roofcast::cli
