#pragma once

#include <string>

#include "cli/command.hpp"

namespace roofcast::cli {

/// "roofcast sweep MODEL... --hardware H [options]": required words and options, then the rest.
[[nodiscard]] std::string usage_line(const Command& command);

/// What `roofcast CMD --help` prints.
[[nodiscard]] std::string help_text(const Command& command, int columns);

/// The help of one option: "tensor-parallel ranks [default: 1] [also --tensor-parallel-size]".
[[nodiscard]] std::string annotated_help(const Option& option);

}  // namespace roofcast::cli
