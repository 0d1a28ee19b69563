#pragma once

#include <array>

#include "cli/command.hpp"

namespace roofcast::cli {

/// The whole command set. A new subcommand = cmd_NAME.cpp + a declaration + a row.
inline constexpr std::array<Command, 0> kCommands{};

}  // namespace roofcast::cli
