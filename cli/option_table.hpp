#pragma once

/// What can be written after a subcommand, stated once. Parser, --help, manual page, completion scripts and
/// the reference in docs/ all walk this table.
///
/// How a command is written (cmd_shout.cpp):
///
///   OptionTable shout_options() {
///     return {.description = "Prints MODEL in capitals.",
///             .arguments = {{.name = "MODEL", .help = "preset name or file", .completion = Completion::model}},
///             .options = joined({{{.name = "times", .short_name = 'n', .placeholder = "N", .help = "repeat",
///                                  .default_text = "1", .aliases = {"repeat"}, .group = "Shouting"}},
///                                figure_options()}),
///             .examples = {"roofcast shout llama-3.1-8b --times 2"}};
///   }
///   Exit run_shout(const ParsedOptions& options, Io io) {
///     OptionReader reader{options};                       // typed values; collects every problem
///     const auto times = reader.count("times", {.min = 1, .max = 9});
///     if (!reader.errors().empty()) return report(reader.errors(), io);
///     reader.print_notes(io);                             // "128k is 128,000", on stderr
///     io.out << ...;                                      // results only
///     return Exit::ok;
///   }
///
/// then two declarations and a row in commands.hpp. --help, --quiet and --no-color are added to every table.

#include <string>
#include <string_view>
#include <vector>

namespace roofcast::cli {

/// What a shell completes a value with.
enum class Completion { nothing, file, model, hardware, engine, command };

struct Option {
  std::string name{};                  ///< "context": written --context
  char short_name = '\0';              ///< 'o': written -o as well
  std::string placeholder{};           ///< "TOKENS"; empty: a switch without a value
  std::string help{};                  ///< one sentence, no full stop
  std::string default_text{};          ///< what holds when it is not written; shown by --help
  std::vector<std::string> aliases{};  ///< other tools' names, e.g. "max-model-len"
  std::vector<std::string> choices{};  ///< the closed set of values; empty: anything
  Completion completion = Completion::nothing;
  bool required = false;
  bool repeatable = false;  ///< may be written several times
  std::string group = "Options";

  friend bool operator==(const Option&, const Option&) = default;
};

/// A word without dashes.
struct Argument {
  std::string name{};  ///< "MODEL"
  std::string help{};
  std::vector<std::string> choices{};
  Completion completion = Completion::nothing;
  bool required = true;
  bool repeatable = false;  ///< takes all that is left; last argument only
};

struct OptionTable {
  std::string description{};  ///< one or more sentences
  std::vector<Argument> arguments{};
  std::vector<Option> options{};
  std::vector<std::string> examples{};  ///< whole command lines
  std::string closing{};                ///< e.g. what the exit codes mean here
};

/// Groups of options that several commands share, put one after the other.
[[nodiscard]] std::vector<Option> joined(std::vector<std::vector<Option>> groups);

/// --help, --quiet, --no-color: part of every table.
[[nodiscard]] std::vector<Option> general_options();

/// --json and --csv: for every command that prints figures.
[[nodiscard]] std::vector<Option> figure_options();

/// The option of that name or alias; nullptr when there is none. General options included when the table is complete().
[[nodiscard]] const Option* find_option(const OptionTable& table, std::string_view name);

/// The table with the general options appended: what parser and help work on.
[[nodiscard]] OptionTable complete(OptionTable table);

/// "--context TOKENS", "-o, --output FILE"
[[nodiscard]] std::string signature(const Option& option);

}  // namespace roofcast::cli
