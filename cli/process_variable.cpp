#include "cli/process_variable.hpp"

#include <cstdlib>

namespace roofcast::cli {

std::optional<std::string> process_variable(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

}  // namespace roofcast::cli
