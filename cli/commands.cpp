#include "cli/commands.hpp"

#include <array>

namespace roofcast::cli {
namespace {

constexpr std::array kCommands{
    Command{"help", "show the commands, or one of them", &help_table, &run_help},
    Command{"completion", "print a completion script for a shell", &completion_table, &run_completion},
    Command{"version", "print the version", &version_table, &run_version},
};

}  // namespace

std::span<const Command> commands() {
  return kCommands;
}

}  // namespace roofcast::cli
