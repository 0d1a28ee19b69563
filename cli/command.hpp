#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "cli/option_table.hpp"
#include "cli/parsed_options.hpp"

namespace roofcast::cli {

/// What the terminal can show. The defaults are those of a pipe: tests see what a script sees.
struct Terminal {
  int columns = 80;              ///< width of tables and help
  bool color = false;            ///< stdout may be styled
  bool err_is_terminal = false;  ///< a person watches stderr: progress makes sense
  bool out_is_terminal = false;  ///< a person reads stdout: files do not belong there
};

/// Where a command writes. Tests pass string streams; main passes the real ones.
struct Io {
  std::ostream& out;  ///< results only: CSV, JSON, tables
  std::ostream& err;  ///< everything said to a human
  Terminal terminal{};
  std::vector<std::string> argv{};  ///< the whole command line, for records of it
};

/// Exit codes (docs/cli.md).
enum class Exit : int { ok = 0, no = 1, usage = 2, unsupported = 3, file = 4, partial = 5, interrupted = 130 };

struct Command {
  std::string_view name;  ///< one word, or two: "models list"
  std::string_view summary;
  OptionTable (*table)();
  Exit (*run)(const ParsedOptions& options, Io io);
};

}  // namespace roofcast::cli
