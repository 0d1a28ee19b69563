#pragma once

#include <array>

#include "cli/command.hpp"

namespace roofcast::cli {

OptionTable sweep_table();
Exit run_sweep(const ParsedOptions& options, Io io);
OptionTable help_table();
Exit run_help(const ParsedOptions& options, Io io);
OptionTable completion_table();
Exit run_completion(const ParsedOptions& options, Io io);
OptionTable version_table();
Exit run_version(const ParsedOptions& options, Io io);

/// The whole command set, in the order of `roofcast help`. A new subcommand = cmd_NAME.cpp + its two
/// declarations + a row.
inline constexpr std::array kCommands{
    Command{"sweep", "evaluate a grid of deployments and loads to CSV", &sweep_table, &run_sweep},
    Command{"help", "show the commands, or one of them", &help_table, &run_help},
    Command{"completion", "print a completion script for a shell", &completion_table, &run_completion},
    Command{"version", "print the version", &version_table, &run_version},
};

}  // namespace roofcast::cli
