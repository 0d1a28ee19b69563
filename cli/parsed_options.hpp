#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/option_table.hpp"
#include "core/result.hpp"

namespace roofcast::cli {

/// What the user wrote, under the table's own names (aliases are resolved), plus the defaults.
/// Asking for a name that the table does not have is a programmer's mistake (assert).
struct ParsedOptions {
  OptionTable table{};
  std::map<std::string, std::vector<std::string>, std::less<>> options{};
  std::map<std::string, std::vector<std::string>, std::less<>> arguments{};
  std::map<std::string, std::string, std::less<>> places{};  ///< "--batch" → where its value stands, if in a file

  /// The user wrote it (for a switch: it is on).
  [[nodiscard]] bool given(std::string_view option) const;
  /// The value written, else the default, else "".
  [[nodiscard]] std::string text(std::string_view option) const;
  /// Every value of a repeatable option; the default does not count.
  [[nodiscard]] std::vector<std::string> texts(std::string_view option) const;

  /// The words given for an argument, e.g. all of MODEL...; empty when it was left out.
  [[nodiscard]] std::vector<std::string> words(std::string_view argument) const;
  /// The one word of an argument, or "".
  [[nodiscard]] std::string word(std::string_view argument) const;
};

/// Arguments and options that must be there and are not.
[[nodiscard]] Errors missing(const ParsedOptions& options);

/// --help or -h before a "--": the user wants to read, whatever else is wrong with the line.
[[nodiscard]] bool wants_help(std::span<const std::string> args);

/// Reads the words after the subcommand by its table. Reports every unknown flag, missing argument, missing
/// required option and value outside its choices, each with the nearest valid name. With --scenario nothing is
/// missing yet: the file may say it.
[[nodiscard]] Result<ParsedOptions> parse_options(const OptionTable& table, std::span<const std::string> args);

}  // namespace roofcast::cli
