#include "cli/program.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/help_text.hpp"
#include "cli/text_table.hpp"
#include "core/nearest_name.hpp"

namespace roofcast::cli {
namespace {

/// `roofcast --version --json`: the spelling that every program understands.
std::vector<std::string> with_command_word(std::span<const std::string> args) {
  std::vector<std::string> words(args.begin(), args.end());
  if (words.front() == "--version" || words.front() == "-V") words.front() = "version";
  if (words.front() == "--help" || words.front() == "-h") words.front() = "help";
  return words;
}

}  // namespace

FoundCommand find_command(std::span<const std::string> args) {
  for (const std::size_t words : {std::size_t{2}, std::size_t{1}}) {
    if (args.size() < words) continue;
    const auto name = fmt::format("{}", fmt::join(args.first(words), " "));
    const auto it = std::ranges::find(kCommands, name, &Command::name);
    if (it != kCommands.end()) return {&*it, words};
  }
  return {};
}

std::vector<std::string> members(std::string_view group) {
  std::vector<std::string> names;
  for (const auto& command : kCommands)
    if (command.name.starts_with(fmt::format("{} ", group))) names.emplace_back(command.name);
  return names;
}

std::string overview(std::string_view group, int columns) {
  TextTable table{.columns = {{"", Align::left}, {"", Align::left}}};
  for (const auto& command : kCommands)
    if (group.empty() || command.name.starts_with(fmt::format("{} ", group)))
      table.rows.push_back({fmt::format("  {}", command.name), std::string{command.summary}});
  return fmt::format("Usage: roofcast {}COMMAND [options]\n\nCommands:\n{}\nSee 'roofcast help COMMAND'.\n",
                     group.empty() ? "" : fmt::format("{} ", group), laid_out(table, columns));
}

Errors unknown_command(std::span<const std::string> words) {
  std::vector<std::string> names;
  for (const auto& command : kCommands) names.emplace_back(command.name);
  if (words.front().starts_with('-'))
    return {{words.front(), "an option before the command", "roofcast COMMAND [options]", ErrorKind::usage}};
  const auto actions = members(words.front());
  if (actions.empty())
    return {{"", fmt::format("no command '{}'", words.front()), did_you_mean(words.front(), names), ErrorKind::usage}};
  if (words.size() == 1)
    return {{words.front(), "an action is missing", fmt::format("{}", fmt::join(actions, ", ")), ErrorKind::usage}};
  const auto name = fmt::format("{} {}", words[0], words[1]);
  const auto near = nearest_name(name, actions);
  return {{"", fmt::format("no command '{}'", name),
           near ? fmt::format("did you mean '{}'?", *near) : fmt::format("{}", fmt::join(actions, ", ")),
           ErrorKind::usage}};
}

Exit run_program(std::span<const std::string> args, Io io) {
  if (args.empty()) {
    io.err << overview("", io.terminal.columns);
    return Exit::usage;
  }
  const auto words = with_command_word(args);
  const auto found = find_command(words);
  if (found.command == nullptr) {
    if (words.size() == 2 && wants_help(words) && !members(words[0]).empty()) {
      io.out << overview(words[0], io.terminal.columns);
      return Exit::ok;
    }
    return report(unknown_command(words), io);
  }
  const auto rest = std::span{words}.subspan(found.words);
  if (wants_help(rest)) {
    io.out << help_text(*found.command, io.terminal.columns);
    return Exit::ok;
  }
  const auto options = parse_options(found.command->table(), rest);
  if (!options) return report(options.error(), io);
  io.terminal.color = io.terminal.color && !options->given("no-color");
  return found.command->run(*options, io);
}

}  // namespace roofcast::cli
