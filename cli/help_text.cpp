#include "cli/help_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "cli/report_section.hpp"
#include "cli/text_width.hpp"

namespace roofcast::cli {
namespace {

/// A term and what it means.
struct Entry {
  std::string term;
  std::string meaning;
};

/// Meanings line up; a term that is too long has its meaning on the next line.
std::string glossary(const std::vector<Entry>& entries, int columns) {
  const int indent = std::min(28, columns / 2);
  std::string out;
  for (const auto& entry : entries) {
    std::string line = "  " + entry.term;
    if (display_width(line) + 2 > indent) {
      out += line + '\n';
      line.clear();
    }
    for (const auto& piece : wrapped(entry.meaning, columns - indent)) {
      line.resize(static_cast<std::size_t>(indent), ' ');
      out += line + piece + '\n';
      line.clear();
    }
  }
  return out;
}

std::string shown(const Argument& argument) {
  const std::string text = argument.name + (argument.repeatable ? "..." : "");
  return argument.required ? text : "[" + text + "]";
}

std::string with_choices(const std::string& help, const std::vector<std::string>& choices) {
  return choices.empty() ? help : fmt::format("{} (one of {})", help, fmt::join(choices, ", "));
}

std::vector<std::string> groups(const OptionTable& table) {
  std::vector<std::string> names;
  for (const auto& o : table.options)
    if (std::ranges::find(names, o.group) == names.end()) names.push_back(o.group);
  return names;
}

}  // namespace

std::string usage_line(const Command& command) {
  const OptionTable table = command.table();
  std::string line = fmt::format("roofcast {}", command.name);
  for (const auto& argument : table.arguments) line += " " + shown(argument);
  for (const auto& o : table.options)
    if (o.required) line += fmt::format(" --{} {}", o.name, o.placeholder);
  return line + " [options]";
}

std::string annotated_help(const Option& option) {
  std::string text = with_choices(option.help, option.choices);
  if (option.required) text += " [required]";
  if (!option.default_text.empty()) text += fmt::format(" [default: {}]", option.default_text);
  if (!option.aliases.empty()) text += fmt::format(" [also --{}]", fmt::join(option.aliases, ", --"));
  return text;
}

std::string help_text(const Command& command, int columns) {
  const OptionTable table = complete(command.table());
  std::string out = paragraph("Usage: " + usage_line(command), columns) + '\n';
  out += paragraph(table.description, columns);
  if (!table.arguments.empty()) {
    std::vector<Entry> entries;
    for (const auto& a : table.arguments) entries.push_back({shown(a), with_choices(a.help, a.choices)});
    out += "\nArguments:\n" + glossary(entries, columns);
  }
  for (const auto& group : groups(table)) {
    std::vector<Entry> entries;
    for (const auto& o : table.options)
      if (o.group == group) entries.push_back({(o.short_name == '\0' ? "    " : "") + signature(o), annotated_help(o)});
    out += '\n' + paragraph(group + ":", columns) + glossary(entries, columns);
  }
  if (!table.examples.empty()) {
    out += "\nExamples:\n";
    for (const auto& example : table.examples) out += fmt::format("  $ {}\n", example);
  }
  if (!table.closing.empty()) out += '\n' + paragraph(table.closing, columns);
  return out;
}

}  // namespace roofcast::cli
