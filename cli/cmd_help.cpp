#include <fmt/format.h>

#include <ostream>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/help_text.hpp"
#include "cli/manual.hpp"
#include "cli/program.hpp"

namespace roofcast::cli {

OptionTable help_table() {
  return {.description = "Shows the commands, or what one of them takes. The same text as 'roofcast COMMAND --help'.",
          .arguments = {{.name = "COMMAND",
                         .help = "one or two words, e.g. sweep or models list",
                         .completion = Completion::command,
                         .required = false,
                         .repeatable = true}},
          .options = {{.name = "man", .help = "print the manual page (roff) of all commands", .group = "Format"},
                      {.name = "markdown", .help = "print the reference of all commands", .group = "Format"}},
          .examples = {"roofcast help sweep", "roofcast help --man | man -l -"}};
}

Exit run_help(const ParsedOptions& options, Io io) {
  const auto words = options.words("COMMAND");
  if (options.given("man")) {
    io.out << manual_page();
  } else if (options.given("markdown")) {
    io.out << markdown_reference();
  } else if (words.empty()) {
    io.out << overview("", io.terminal.columns);
  } else if (const auto found = find_command(words); found.command != nullptr && found.words == words.size()) {
    io.out << help_text(*found.command, io.terminal.columns);
  } else if (words.size() == 1 && !members(words.front()).empty()) {
    io.out << overview(words.front(), io.terminal.columns);
  } else {
    return report(unknown_command(words), io);
  }
  return Exit::ok;
}

}  // namespace roofcast::cli
