#include "cli/sweep_run.hpp"

#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/error_report.hpp"
#include "cli/point_progress.hpp"
#include "core/reduced_sweep.hpp"
#include "core/sweep.hpp"
#include "core/sweep_evaluator.hpp"
#include "core/value_literal.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/kept_frames.hpp"
#include "hwmodels/kept_rows.hpp"
#include "hwmodels/output_path.hpp"
#include "hwmodels/resumable_output.hpp"
#include "hwmodels/row_encoder.hpp"
#include "hwmodels/sweep_json.hpp"
#include "hwmodels/sweep_plan.hpp"

namespace roofcast::cli {
namespace {

/// Takes bytes; false where it can take no more. A stream keeps what went wrong to itself.
using ByteSink = std::function<bool(std::string_view bytes, Errors& errors)>;

/// The sink of anything with `Result<void> write(bytes)`.
template <class File>
ByteSink into(File& file) {
  return [&file](std::string_view bytes, Errors& errors) {
    const auto written = file.write(bytes);
    if (!written) errors = written.error();
    return written.has_value();
  };
}

/// A file of rows: what is around them.
struct SweepFormat {
  std::string (*head)() = nullptr;
  void (*append)(const SweepRow& row, std::string& out) = nullptr;
  std::string_view between{};
  std::string_view tail{};
};

constexpr SweepFormat kSweepCsv{.head = sweep_header, .append = append_csv};
constexpr SweepFormat kSweepJson{.head = [] { return std::string("["); },
                                 .append =
                                     [](const SweepRow& row, std::string& out) {
                                       out += '\n';
                                       append_json(row, out);
                                     },
                                 .between = ",",
                                 .tail = "\n]\n"};

/// Points of the grid that are the shard's.
std::size_t own_points(const SweepRun& run) {
  return SelectedPoints{run.grid, run.selection}.count();
}

/// Evaluates what is not `kept` already, and writes all rows or those that are to be kept of them.
std::size_t write_selected(const SweepRun& run, Io io, const RowFormat& format, const KeptRows& kept,
                           RowEncoder& writer) {
  SweepSelection selection = run.selection;
  selection.first_point = kept.next_point;
  PointProgress progress(run.options, io, SelectedPoints{run.grid, selection}.count());
  const auto seen = [&](std::size_t next_point) {
    progress.at((next_point - kept.next_point) / selection.shards);
    return !run.interruption.requested();
  };
  const auto write = [&](const SweepChunk& chunk) { return !run.interruption.requested() && writer.write(chunk.text); };
  if (!run.reduction.keeps_all())
    return reduced_text(run.grid, selection, run.reduction, format, run.jobs, seen, write);
  return sweep_text(run.grid, selection, format, run.jobs, [&](const SweepChunk& chunk) {
    if (!write(chunk)) return false;
    seen(chunk.next_point);  // interrupted now, this chunk is written: the next one is not
    return true;
  });
}

Result<SweepOutcome> write_rows(const SweepRun& run, Io io, const ByteSink& sink, const KeptRows& kept = {}) {
  const SweepFormat& format = run.options.given("json") ? kSweepJson : kSweepCsv;
  SweepOutcome outcome{.rows = kept.rows, .started = utc_now()};
  Errors errors;
  const auto encoding = run.path.empty() ? Encoding::plain : encoding_of(run.path);
  RowEncoder writer(
      encoding, [&](std::string_view bytes) { return sink(bytes, errors); }, kept);
  if (kept.bytes > 0 || writer.write(format.head()))
    outcome.rows += write_selected(run, io, {.append = format.append, .between = format.between}, kept, writer);
  writer.write(format.tail);
  // Interrupted, rows that make no whole frame are left to the sweep that goes on: its bytes shall be the same.
  if (run.interruption.requested())
    outcome.rows -= writer.waiting_rows();
  else
    writer.end();
  if (!errors.empty()) return std::unexpected(std::move(errors));
  writer.describe(outcome);
  outcome.finished = utc_now();
  return outcome;
}

/// "3,000 points", or of a shard "1,000 of 3,000 points, shard 2 of 3".
void print_count(const SweepRun& run, Io io) {
  if (run.options.given("quiet")) return;
  const auto& [shard, shards] = std::pair{run.selection.shard, run.selection.shards};
  const auto points = with_thousands(static_cast<double>(run.grid.points()));
  if (shards > 1)
    fmt::print(io.err, "{} of {} points, shard {} of {}\n", with_thousands(static_cast<double>(own_points(run))),
               points, shard, shards);
  else
    fmt::print(io.err, "{} point{}\n", points, run.grid.points() == 1 ? "" : "s");
}

/// What the rows answer: are they those of the manifest, are there any. A shard may have none of those that there are.
Exit ending(const SweepRun& run, const SweepOutcome& outcome, Io io) {
  if (run.rerun != nullptr) return report_rerun(*run.rerun, outcome, io);
  if (outcome.rows > 0 || run.selection.shards > 1) return Exit::ok;
  if (!run.reduction.keeps_all())
    fmt::print(io.err, "roofcast: --keep: no point has status ok and a figure to compare\n");
  else if (run.selection.where)
    fmt::print(io.err, "roofcast: --where: keeps none of the points\n");
  else
    return Exit::ok;
  return Exit::no;
}

/// Finished rows stay: the file itself is whole or as it was. Which rows are kept is not known before the end.
Exit interrupted(const SweepRun& run, const SweepOutcome& outcome, const std::string& partial, std::string_view more,
                 Io io) {
  if (run.reduction.keeps_all() && outcome.rows > 0)
    fmt::print(io.err, "roofcast: {}: interrupted, {} finished rows are in {}{}\n", run.path,
               with_thousands(static_cast<double>(outcome.rows)), partial, more);
  else
    fmt::print(io.err, "roofcast: {}: interrupted before any row was written\n", run.path);
  return Exit::interrupted;
}

/// JSON, devices and pipes: all in one go.
Exit run_to_file(const SweepRun& run, Io io) {
  auto file = FileOutput::create(run.path);
  if (!file) return report(file.error(), io);
  print_count(run, io);
  const auto outcome = write_rows(run, io, into(*file));
  if (!outcome) return report(outcome.error(), io);
  if (run.interruption.requested()) {
    const auto partial = file->replaces_file() ? run.path + ".partial" : run.path;
    if (run.reduction.keeps_all() && outcome->rows > 0)
      if (auto done = file->commit_as(partial); !done) return report(done.error(), io);
    return interrupted(run, *outcome, partial, "", io);
  }
  if (auto done = commit_sweep(*file, run.request, *outcome, run.path); !done) return report(done.error(), io);
  return ending(run, *outcome, io);
}

/// The rows of an earlier run of the same sweep.
Result<KeptRows> kept_rows(const ResumableOutput& output, const SweepRun& run) {
  if (output.is_empty()) return KeptRows{};
  const auto plan = output.plan();
  if (!plan) return std::unexpected(plan.error());
  if (auto same = check_sweep_plan(*plan, run.request, output.partial()); !same) return std::unexpected(same.error());
  if (!run.reduction.keeps_all()) return KeptRows{};  // what is kept in the end may be any
  const auto read = [&](auto reader) -> Result<KeptRows> {
    if (auto done = output.read([&](std::string_view piece) { return reader.read(piece); }); !done)
      return std::unexpected(done.error());
    return reader.kept(run.grid, run.selection, output.partial());
  };
  return encoding_of(run.path) == Encoding::zstd ? read(KeptFramesReader{}) : read(KeptRowsReader{});
}

/// CSV into a file, row after row, so that whatever ends the program leaves what --resume goes on with.
Exit run_resumably(const SweepRun& run, Io io) {
  const bool resume = run.options.given("resume");
  const bool quiet = run.options.given("quiet");
  std::error_code ignored;
  if (resume && !std::filesystem::exists(partial_path(run.path), ignored) && is_complete_sweep(run.path, run.request)) {
    if (!quiet) fmt::print(io.err, "{}: already complete\n", run.path);
    const auto there = run.rerun != nullptr ? manifest_of(run.path) : Result<SweepManifest>{};
    return run.rerun != nullptr && there ? report_rerun(*run.rerun, there->outcome, io) : Exit::ok;
  }
  auto output = ResumableOutput::open(run.path);
  if (!output) return report(output.error(), io);
  auto kept = resume ? kept_rows(*output, run) : KeptRows{};
  if (!kept) return report(kept.error(), io);
  if (!resume && !quiet && !output->is_empty())
    fmt::print(io.err, "roofcast: {}: left by an earlier run, is overwritten (--resume would go on with it)\n",
               output->partial());
  if (auto done = kept->bytes > 0 ? output->go_on_behind(kept->bytes) : output->begin(sweep_plan_json(run.request));
      !done)
    return report(done.error(), io);
  print_count(run, io);
  if (kept->rows > 0 && !quiet)
    fmt::print(io.err, "going on behind {} rows\n", with_thousands(static_cast<double>(kept->rows)));

  auto outcome = write_rows(run, io, into(*output), *kept);
  if (!outcome) {
    outcome.error().front().hint = "finished rows stay there: --resume goes on";
    return report(outcome.error(), io);
  }
  if (run.interruption.requested()) {
    // A header alone is nothing to go on with: an empty partial file goes away.
    const bool worth_keeping = run.reduction.keeps_all() && outcome->rows > 0;
    if (auto done = worth_keeping ? output->keep() : output->go_on_behind(0); !done) return report(done.error(), io);
    return interrupted(run, *outcome, output->partial(), ": --resume goes on", io);
  }
  if (auto done = output->commit(); !done) return report(done.error(), io);
  if (auto done = write_manifest(run.request, *outcome, run.path); !done) return report(done.error(), io);
  output->finish();
  return ending(run, *outcome, io);
}

}  // namespace

Exit write_sweep(const SweepRun& run, Io io) {
  if (!run.path.empty())
    return run.options.given("json") || is_device_or_pipe(run.path) ? run_to_file(run, io) : run_resumably(run, io);
  print_count(run, io);
  const auto outcome = write_rows(run, io, [&io](std::string_view bytes, Errors&) {
    return static_cast<bool>(io.out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
  });
  if (!outcome) return report(outcome.error(), io);
  return run.interruption.requested() ? Exit::interrupted : ending(run, *outcome, io);
}

}  // namespace roofcast::cli
