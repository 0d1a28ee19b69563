#pragma once

#include "cli/command.hpp"

namespace roofcast::cli {

/// Width: $COLUMNS, else the terminal's, else 80. Colour: stdout is a terminal, NO_COLOR is not set,
/// TERM is not "dumb".
[[nodiscard]] Terminal detected_terminal();

/// Opens /dev/null on a standard stream that the caller closed. Without it the first output file would
/// become file 1, and results meant for stdout would end up in it.
void hold_standard_streams();

}  // namespace roofcast::cli
