#pragma once

#include <string>

namespace roofcast::cli {

/// The manual page of all commands, roff: `roofcast help --man | man -l -`.
[[nodiscard]] std::string manual_page();

/// The reference of all commands, Markdown: docs/cli_reference.md is exactly this.
[[nodiscard]] std::string markdown_reference();

}  // namespace roofcast::cli
