#pragma once

#include <optional>
#include <string>

namespace roofcast::cli {

/// A variable of this process's environment; nothing where it is not set.
[[nodiscard]] std::optional<std::string> process_variable(const char* variable);

}  // namespace roofcast::cli
