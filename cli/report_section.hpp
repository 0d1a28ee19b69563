#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/text_table.hpp"

namespace roofcast::cli {

/// One block of a report: a heading, a table, sentences below it. Empty parts are left out.
struct ReportSection {
  std::string title{};
  TextTable table{};
  std::vector<std::string> remarks{};
};

/// Heading in bold, the rest indented by two, everything inside the terminal's width. Starts with an
/// empty line.
[[nodiscard]] std::string section_text(const ReportSection& section, const Terminal& terminal);

/// A sentence wrapped to the width; lines after the first are indented by `indent`.
[[nodiscard]] std::string paragraph(const std::string& text, int columns, int indent = 0);

}  // namespace roofcast::cli
