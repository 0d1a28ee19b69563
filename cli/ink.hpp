#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace roofcast::cli {

/// Styles text, or leaves it alone where colour is off. Styled text never carries meaning of its own: the
/// words say the same.
struct Ink {
  bool on = false;

  [[nodiscard]] std::string bold(std::string_view text) const { return styled("1", text); }
  [[nodiscard]] std::string dim(std::string_view text) const { return styled("2", text); }
  [[nodiscard]] std::string good(std::string_view text) const { return styled("32", text); }
  [[nodiscard]] std::string bad(std::string_view text) const { return styled("31", text); }

 private:
  [[nodiscard]] std::string styled(std::string_view code, std::string_view text) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string{text};
  }
};

[[nodiscard]] inline Ink ink(const Io& io) {
  return {.on = io.terminal.color};
}

}  // namespace roofcast::cli
