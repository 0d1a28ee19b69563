#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace roofcast::cli {

/// Where a command writes. Tests pass string streams; main passes the real ones.
struct Io {
  std::ostream& out;  ///< results only: CSV, JSON, tables
  std::ostream& err;  ///< everything said to a human
};

/// Exit codes (docs/cli.md).
enum class Exit : int { ok = 0, no = 1, usage = 2, unsupported = 3, file = 4, partial = 5, interrupted = 130 };

struct Command {
  std::string_view name;
  std::string_view summary;
  Exit (*run)(std::span<const std::string> args, Io io);
};

}  // namespace roofcast::cli
