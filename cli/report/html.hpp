#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/report_section.hpp"

namespace roofcast::cli {

/// Text that stays text in HTML, in elements and in quoted attributes. What HTML has no character for, and bytes
/// that are no UTF-8, become U+FFFD.
[[nodiscard]] std::string html_text(std::string_view text);

/// A heading, a table that scrolls by itself where it is too wide, sentences below; "- " makes a sentence an item of
/// a list. Empty for an empty section.
[[nodiscard]] std::string html_section(const ReportSection& section);

/// A whole page that needs nothing from elsewhere: no script, no font, no picture, no link that loads.
[[nodiscard]] std::string html_page(std::string_view title, std::string_view body);

/// A drawn SVG as part of a page: without prologue and namespaces, its names made its own by `prefix`.
[[nodiscard]] std::string inline_svg(std::string_view svg, std::string_view prefix);

}  // namespace roofcast::cli
