#pragma once

#include <string>

namespace roofcast::cli {

/// Scripts that complete commands, options and the values that are known: choices, files, and preset names,
/// which the script asks the program for, so that a user's own presets are completed too.
[[nodiscard]] std::string bash_completion();
[[nodiscard]] std::string zsh_completion();
[[nodiscard]] std::string fish_completion();

}  // namespace roofcast::cli
