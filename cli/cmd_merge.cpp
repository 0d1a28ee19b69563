#include <algorithm>
#include <filesystem>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/interruption.hpp"
#include "cli/option_reader.hpp"
#include "cli/output_option.hpp"
#include "cli/point_progress.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/row_encoder.hpp"
#include "hwmodels/sweep_merge.hpp"

namespace roofcast::cli {
namespace {

/// "shards 2, 5 and 9 more of 64 are missing".
Exit report_missing(const ShardSet& set, Io io) {
  constexpr std::size_t kNamed = 10;
  const auto& missing = set.missing;
  const auto named = missing.begin() + std::min<std::ptrdiff_t>(kNamed, std::ssize(missing));
  const auto shown = fmt::format("{}", fmt::join(missing.begin(), named, ", "));
  const auto rest = missing.size() > kNamed ? fmt::format(" and {} more", missing.size() - kNamed) : "";
  const auto shards = set.shards.front().manifest.request.shards;
  const Error error{"FILE",
                    fmt::format("of {} shards these are missing: {}{}", shards, shown, rest),
                    fmt::format("sweep them with --shard {}/{} and so on", missing.front(), shards),
                    {}};
  fmt::print(io.err, "roofcast: {}\n", error_line(error));
  return Exit::partial;
}

/// Merges into `file`; the outcome says what was written.
Result<SweepOutcome> write_rows(const ShardSet& set, const Reduction& reduction, const std::string& path,
                                FileOutput& file, const Interruption& interruption, PointProgress& progress) {
  SweepOutcome outcome{.started = set.shards.front().manifest.outcome.started};
  for (const auto& shard : set.shards) outcome.started = std::min(outcome.started, shard.manifest.outcome.started);
  Errors errors;
  RowEncoder writer(encoding_of(path), [&](std::string_view bytes) {
    if (auto written = file.write(bytes); !written) errors = written.error();
    return errors.empty();
  });
  const auto rows = merged_rows(set, reduction, [&](const SweepChunk& chunk) {
    progress.at(chunk.next_point);
    return !interruption.requested() && writer.write(chunk.text);
  });
  if (!rows) return std::unexpected(rows.error());
  writer.end();
  if (!errors.empty()) return std::unexpected(std::move(errors));
  outcome.rows = *rows;
  writer.describe(outcome);
  outcome.finished = utc_now();
  return outcome;
}

}  // namespace

OptionTable merge_table() {
  return {
      .description =
          "Puts the CSV files of a sweep's shards together, compressed ones too: the same bytes as the sweep in one "
          "piece. Every shard must be there once, with its FILE.manifest.json beside it and the bytes that it "
          "describes. "
          "What the shards of a sweep with --keep kept competes once more.",
      .arguments = {{.name = "FILE",
                     .help = "CSV files of shards, in any order",
                     .completion = Completion::file,
                     .repeatable = true}},
      .options = {{.name = "output",
                   .short_name = 'o',
                   .placeholder = "FILE",
                   .help = "write here, compressed where it ends in .zst; a manifest beside it",
                   .completion = Completion::file,
                   .required = true}},
      .examples = {"roofcast merge out-*-of-00064.csv -o out.csv"},
      .closing =
          "Exit code 1: there is no row; 4: a file is not the one that was swept; 5: shards are missing. With 4 and 5 "
          "nothing is written."};
}

Exit run_merge(const ParsedOptions& options, Io io) {
  OptionReader reader{options};
  std::vector<std::filesystem::path> files;
  for (const auto& word : options.words("FILE")) files.emplace_back(word);
  const std::string path = options.text("output");
  check_output_option(reader, options, "output");
  check_rows_ending(reader, path);
  if (!reader.errors().empty()) return report(reader.errors(), io);
  const auto set = shard_set(files);
  if (!set) return report(set.error(), io);
  if (!set->missing.empty()) return report_missing(*set, io);

  const auto reduction = reduction_of(set->shards.front().manifest.request);
  if (!reduction) return report(reduction.error(), io);
  const Interruption interruption;
  auto file = FileOutput::create(path);
  if (!file) return report(file.error(), io);
  const SweepRequest request = merged_request(*set, io.argv);
  PointProgress progress(options, io, request.points);
  const auto outcome = write_rows(*set, *reduction, path, *file, interruption, progress);
  if (!outcome) return report(outcome.error(), io);
  if (interruption.requested()) return Exit::interrupted;
  if (auto done = commit_sweep(*file, request, *outcome, path); !done) return report(done.error(), io);
  if (outcome->rows > 0) return Exit::ok;
  fmt::print(io.err, "roofcast: {}: no shard has a row\n", path);
  return Exit::no;
}

}  // namespace roofcast::cli
