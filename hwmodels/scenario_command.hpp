#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hwmodels/scenario_document.hpp"

namespace roofcast {

/// The words of `roofcast COMMAND ...` that say what the document says, in the order of its fields.
[[nodiscard]] std::vector<std::string> command_words(const ScenarioDocument& document,
                                                     std::string_view command = "estimate");

/// The same as one line to paste into a shell, quoted where a shell needs it.
[[nodiscard]] std::string command_line(const ScenarioDocument& document, std::string_view command = "estimate");

}  // namespace roofcast
