#pragma once

#include <span>

#include "cli/command.hpp"

namespace roofcast::cli {

OptionTable help_table();
Exit run_help(const ParsedOptions& options, Io io);
OptionTable completion_table();
Exit run_completion(const ParsedOptions& options, Io io);
OptionTable version_table();
Exit run_version(const ParsedOptions& options, Io io);

/// The whole command set, in the order of `roofcast help`. A new subcommand = cmd_NAME.cpp + two declarations
/// + a row in commands.cpp.
[[nodiscard]] std::span<const Command> commands();

}  // namespace roofcast::cli
