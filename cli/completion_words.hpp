#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace roofcast::cli {

/// Every way to write an option: "--context", "--max-model-len", "-o".
[[nodiscard]] std::vector<std::string> spellings(const Option& option);

/// First words of the command names, each once: "estimate", "models", ...
[[nodiscard]] std::vector<std::string> first_words();

/// Shell words that list the preset names of this kind, "roofcast models list --names"; empty for other kinds.
[[nodiscard]] std::string names_command(Completion completion);

}  // namespace roofcast::cli
