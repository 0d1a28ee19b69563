#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace roofcast::cli {

/// The command that the first words name, and how many words that took; nullptr when none does.
struct FoundCommand {
  const Command* command = nullptr;
  std::size_t words = 0;
};

[[nodiscard]] FoundCommand find_command(std::span<const std::string> args);

/// Commands whose name starts with this word, "models": their names.
[[nodiscard]] std::vector<std::string> members(std::string_view group);

/// What `roofcast help` prints: every command, or those of a group.
[[nodiscard]] std::string overview(std::string_view group, int columns);

/// "no command 'estimat'" with the nearest name.
[[nodiscard]] Errors unknown_command(std::span<const std::string> words);

/// Everything after `roofcast`: finds the command, reads its options, runs it.
Exit run_program(std::span<const std::string> args, Io io);

}  // namespace roofcast::cli
