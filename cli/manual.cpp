#include "cli/manual.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/help_text.hpp"
#include "core/version.hpp"

namespace roofcast::cli {
namespace {

/// Roff takes a leading dot or quote for a request, a backslash for an escape and "-" for a hyphen.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

std::string roff_entry(std::string_view term, std::string_view meaning) {
  return fmt::format(".TP\n.B {}\n{}\n", roff(term), roff(meaning));
}

/// Markdown tables end a cell at "|", in code too.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

}  // namespace

std::string manual_page() {
  std::string out = fmt::format(
      ".TH ROOFCAST 1 \"\" \"roofcast {}\" \"User Commands\"\n.SH NAME\nroofcast \\- performance simulator and "
      "capacity "
      "planner for LLM inference\n.SH SYNOPSIS\n.B roofcast\nCOMMAND [options]\n.SH COMMANDS\n",
      version());
  for (const auto& command : kCommands) {
    const OptionTable table = command.table();
    out +=
        fmt::format(".SS {}\n.B {}\n.PP\n{}\n", roff(command.name), roff(usage_line(command)), roff(table.description));
    for (const auto& a : table.arguments) out += roff_entry(a.name, a.help);
    for (const auto& o : table.options) out += roff_entry(signature(o), annotated_help(o));
    for (const auto& example : table.examples) out += fmt::format(".PP\n.EX\n$ {}\n.EE\n", roff(example));
    if (!table.closing.empty()) out += fmt::format(".PP\n{}\n", roff(table.closing));
  }
  out += ".SH OPTIONS OF EVERY COMMAND\n";
  for (const auto& o : general_options()) out += roff_entry(signature(o), o.help);
  return out;
}

std::string markdown_reference() {
  std::string out =
      "# Commands\n\nWritten by `roofcast help --markdown`; a test compares the two. What all commands share is in "
      "[cli.md](cli.md).\n";
  for (const auto& command : kCommands) {
    const OptionTable table = command.table();
    out += fmt::format("\n## {}\n\n```\n{}\n```\n\n{}\n", command.name, usage_line(command), table.description);
    if (!table.arguments.empty() || !table.options.empty()) out += "\n| | |\n|---|---|\n";
    for (const auto& a : table.arguments) out += fmt::format("| `{}` | {} |\n", cell(a.name), cell(a.help));
    for (const auto& o : table.options)
      out += fmt::format("| `{}` | {} |\n", cell(signature(o)), cell(annotated_help(o)));
    if (!table.examples.empty()) out += fmt::format("\n```\n$ {}\n```\n", fmt::join(table.examples, "\n$ "));
    if (!table.closing.empty()) out += fmt::format("\n{}\n", table.closing);
  }
  out += "\n## Every command\n\n| | |\n|---|---|\n";
  for (const auto& o : general_options()) out += fmt::format("| `{}` | {} |\n", signature(o), o.help);
  return out;
}

}  // namespace roofcast::cli
