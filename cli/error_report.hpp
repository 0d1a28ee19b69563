#pragma once

#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "core/result.hpp"

namespace roofcast::cli {

/// The exit code that a kind of error leads to.
[[nodiscard]] Exit exit_code(ErrorKind kind);

/// One line: "where: what (hint)". Line breaks and control characters of the input become "\n", "\x1b":
/// a hostile file name can neither forge a second line nor drive the terminal.
[[nodiscard]] std::string error_line(const Error& error);

/// Prints at most three lines on stderr, the third counting the rest; the first error decides the code.
Exit report(const Errors& errors, Io io);

}  // namespace roofcast::cli
