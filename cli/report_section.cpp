#include "cli/report_section.hpp"

#include <string_view>

#include "cli/ink.hpp"
#include "cli/text_width.hpp"

namespace roofcast::cli {
namespace {

constexpr int kIndent = 2;

std::string indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto end = text.find('\n') + 1;
    if (end > 1) out.append(kIndent, ' ');
    out += text.substr(0, end);
    text.remove_prefix(end);
  }
  return out;
}

}  // namespace

std::string paragraph(const std::string& text, int columns, int indent) {
  std::string out;
  for (const auto& line : wrapped(text, columns - indent)) {
    if (!out.empty()) out.append(static_cast<std::size_t>(indent), ' ');
    out += line + '\n';
  }
  return out;
}

std::string section_text(const ReportSection& section, const Terminal& terminal) {
  const int inner = terminal.columns - kIndent;
  std::string out = "\n";
  for (const auto& line : wrapped(section.title, terminal.columns)) out += Ink{terminal.color}.bold(line) + '\n';
  if (!section.table.rows.empty()) out += indented(laid_out(section.table, inner));
  for (const auto& remark : section.remarks) out += indented(paragraph(remark, inner, kIndent));
  return out;
}

}  // namespace roofcast::cli
