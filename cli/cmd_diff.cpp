#include <ostream>

#include "cli/commands.hpp"
#include "cli/diff_report.hpp"
#include "cli/error_report.hpp"
#include "cli/figure_format.hpp"
#include "core/record_table.hpp"
#include "hwmodels/document_diff.hpp"
#include "hwmodels/record_json.hpp"

namespace roofcast::cli {

OptionTable diff_table() {
  return {.description =
              "Says what two scenarios differ in: what was typed, what it means, then every figure that follows, with "
              "its change. A file is a scenario, which is estimated here, or the JSON of an estimate.",
          .arguments = {{.name = "BEFORE",
                         .help = "file of estimate --save, or of estimate --json",
                         .completion = Completion::file},
                        {.name = "AFTER", .help = "the other one", .completion = Completion::file}},
          .options = figure_options(),
          .examples = {"roofcast diff before.json after.json", "roofcast diff before.json after.json --csv"},
          .closing = "Exit code 0: nothing differs; 1: something does."};
}

Exit run_diff(const ParsedOptions& options, Io io) {
  const PresetRoots roots = default_preset_roots();
  OptionReader reader{options};
  const FigureFormat format = figure_format(reader, options);
  const auto before = reader.take(diff_side(options.word("BEFORE"), roots));
  const auto after = reader.take(diff_side(options.word("AFTER"), roots));
  if (!reader.errors().empty()) return report(reader.errors(), io);
  const auto found = changes(*before, *after);
  if (format == FigureFormat::json)
    io.out << records_json(change_records(found), "changes");
  else if (format == FigureFormat::csv)
    io.out << csv(change_records(found));
  else
    io.out << diff_report(found, io.terminal);
  return found.empty() ? Exit::ok : Exit::no;
}

}  // namespace roofcast::cli
