#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace roofcast {

/// Which exit code an error leads to (docs/cli.md). The kind travels with the error so that no
/// front end has to guess from a text.
enum class ErrorKind {
  usage,        ///< a flag, a value or a preset name is wrong
  unsupported,  ///< the input is understood too little to print a number: fail closed
  file,         ///< a file could not be read or written
};

/// Something the *user* can fix.
struct Error {
  std::string where{};  ///< "h100.json:/memory/bandwidth" or "--batch"
  std::string what{};   ///< what is wrong, with the offending value and what was expected
  std::string hint{};   ///< what to do; may be empty
  ErrorKind kind = ErrorKind::unsupported;

  friend bool operator==(const Error&, const Error&) = default;
};

/// A reader reports every problem it found, not only the first.
using Errors = std::vector<Error>;

template <class T>
using Result = std::expected<T, Errors>;

[[nodiscard]] inline std::unexpected<Errors> fail(std::string where, std::string what, std::string hint = {},
                                                  ErrorKind kind = ErrorKind::unsupported) {
  return std::unexpected(Errors{{std::move(where), std::move(what), std::move(hint), kind}});
}

[[nodiscard]] inline std::unexpected<Errors> usage_error(std::string where, std::string what, std::string hint = {}) {
  return fail(std::move(where), std::move(what), std::move(hint), ErrorKind::usage);
}

}  // namespace roofcast
