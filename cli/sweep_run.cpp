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
#include "core/sweep.hpp"
#include "core/value_literal.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/kept_rows.hpp"
#include "hwmodels/output_path.hpp"
#include "hwmodels/resumable_output.hpp"
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

/// Hands rows on, counting and hashing what it writes.
class SweepWriter {
 public:
  SweepWriter(ByteSink sink, const KeptRows& kept) : sink_{std::move(sink)}, hash_{kept.hash}, bytes_{kept.bytes} {}

  /// False once the output can take no more.
  bool write(std::string_view bytes) {
    hash_.update(bytes);
    bytes_ += bytes.size();
    return sink_(bytes, errors_);
  }

  [[nodiscard]] const Errors& errors() const { return errors_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::string hash() { return hash_.hex(); }

 private:
  ByteSink sink_;
  Sha256 hash_;
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

/// Writes what is not `kept` already.
Result<SweepOutcome> write_rows(const SweepRun& run, Io io, ByteSink sink, KeptRows kept = {}) {
  const SweepFormat& format = run.options.given("json") ? kSweepJson : kSweepCsv;
  SweepOutcome outcome{.started = utc_now()};
  SweepWriter writer(std::move(sink), kept);
  SweepSelection selection = run.selection;
  selection.first_point = kept.next_point;
  PointProgress progress(run.options, io, run.grid.points() - kept.next_point);
  outcome.rows = kept.rows;
  if (kept.bytes > 0 || writer.write(format.head()))
    outcome.rows += sweep_text(run.grid, selection, format.rows, run.jobs, [&](const SweepChunk& chunk) {
      if (run.interruption.requested() || !writer.write(chunk.text)) return false;
      progress.at(chunk.next_point - kept.next_point);
      return true;
    });
  writer.write(format.tail);
  if (!writer.errors().empty()) return std::unexpected(writer.errors());
  outcome.bytes = writer.bytes();
  outcome.sha256 = writer.hash();
  outcome.finished = utc_now();
  return outcome;
}

void print_count(const SweepRun& run, Io io) {
  if (run.options.given("quiet")) return;
  fmt::print(io.err, "{} point{}\n", with_thousands(static_cast<double>(run.grid.points())),
             run.grid.points() == 1 ? "" : "s");
}

/// Nothing left is an answer: no.
Exit ending(const SweepOutcome& outcome, const SweepSelection& selection, Io io) {
  if (outcome.rows > 0 || !selection.where) return Exit::ok;
  fmt::print(io.err, "roofcast: --where: keeps none of the points\n");
  return Exit::no;
}

/// Finished rows stay: the file itself is whole or as it was.
Exit interrupted(const std::string& path, const SweepOutcome& outcome, const std::string& partial,
                 std::string_view more, Io io) {
  fmt::print(io.err, "roofcast: {}: interrupted, {} finished rows are in {}{}\n", path,
             with_thousands(static_cast<double>(outcome.rows)), partial, more);
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
    if (auto done = file->commit_as(partial); !done) return report(done.error(), io);
    return interrupted(run.path, *outcome, partial, "", io);
  }
  if (auto done = commit_sweep(*file, run.request, *outcome, run.path); !done) return report(done.error(), io);
  return ending(*outcome, run.selection, io);
}

/// The rows of an earlier run of the same sweep.
Result<KeptRows> kept_rows(const ResumableOutput& output, const SweepRun& run) {
  if (output.is_empty()) return KeptRows{};
  const auto plan = output.plan();
  if (!plan) return std::unexpected(plan.error());
  if (auto same = check_sweep_plan(*plan, run.request, output.partial()); !same) return std::unexpected(same.error());
  KeptRowsReader reader;
  if (auto done = output.read([&](std::string_view piece) { return reader.read(piece); }); !done)
    return std::unexpected(done.error());
  return reader.kept(run.grid, run.selection, output.partial());
}

/// CSV into a file, row after row, so that whatever ends the program leaves what --resume goes on with.
Exit run_resumably(const SweepRun& run, Io io) {
  const bool resume = run.options.given("resume");
  const bool quiet = run.options.given("quiet");
  std::error_code ignored;
  if (resume && !std::filesystem::exists(partial_path(run.path), ignored) && is_complete_sweep(run.path, run.request)) {
    if (!quiet) fmt::print(io.err, "{}: already complete\n", run.path);
    return Exit::ok;
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

  auto outcome = write_rows(run, io, into(*output), std::move(*kept));
  if (!outcome) {
    outcome.error().front().hint = "finished rows stay there: --resume goes on";
    return report(outcome.error(), io);
  }
  if (run.interruption.requested()) {
    if (auto done = output->keep(); !done) return report(done.error(), io);
    return interrupted(run.path, *outcome, output->partial(), ": --resume goes on", io);
  }
  if (auto done = output->commit(); !done) return report(done.error(), io);
  if (auto done = write_manifest(run.request, *outcome, run.path); !done) return report(done.error(), io);
  output->finish();
  return ending(*outcome, run.selection, io);
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
  return run.interruption.requested() ? Exit::interrupted : ending(*outcome, run.selection, io);
}

}  // namespace roofcast::cli
