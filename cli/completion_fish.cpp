#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/completion.hpp"
#include "cli/completion_words.hpp"
#include "cli/program.hpp"

namespace roofcast::cli {
namespace {

/// Fish escapes quotes and backslashes inside single quotes with a backslash.
std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

/// Holds once the words of the command were typed.
std::string condition(std::string_view name) {
  const auto space = name.find(' ');
  if (space == std::string_view::npos) return fmt::format("__fish_seen_subcommand_from {}", name);
  return fmt::format("__fish_seen_subcommand_from {}; and __fish_seen_subcommand_from {}", name.substr(0, space),
                     name.substr(space + 1));
}

/// "-a WORDS" or nothing; -f keeps file names away where they are no answer.
std::string values(Completion completion, const std::vector<std::string>& choices) {
  if (!choices.empty()) return fmt::format(" -f -a {}", fish_quoted(fmt::format("{}", fmt::join(choices, " "))));
  if (completion == Completion::file) return " -F";
  if (completion == Completion::command)
    return fmt::format(" -f -a {}", fish_quoted(fmt::format("{}", fmt::join(first_words(), " "))));
  const auto names = names_command(completion);
  if (names.empty()) return " -f";
  return fmt::format(" {} -a {}", completion == Completion::engine ? "-f" : "-F",
                     fish_quoted(fmt::format("({} 2>/dev/null)", names)));
}

std::string command_lines(const Command& command) {
  const OptionTable table = complete(command.table());
  const std::string start = fmt::format("complete -c roofcast -n {}", fish_quoted(condition(command.name)));
  std::string out;
  for (const auto& option : table.options) {
    const std::string short_name = option.short_name == '\0' ? "" : fmt::format(" -s {}", option.short_name);
    const std::string value = option.placeholder.empty() ? "" : " -r" + values(option.completion, option.choices);
    out += fmt::format("{} -l {}{}{} -d {}\n", start, option.name, short_name, value, fish_quoted(option.help));
    for (const auto& alias : option.aliases)
      out += fmt::format("{} -l {}{} -d {}\n", start, alias, value, fish_quoted("as --" + option.name));
  }
  for (const auto& argument : table.arguments)
    out +=
        fmt::format("{}{} -d {}\n", start, values(argument.completion, argument.choices), fish_quoted(argument.name));
  return out;
}

}  // namespace

std::string fish_completion() {
  std::string out =
      "# fish completion for roofcast: roofcast completion fish > ~/.config/fish/completions/roofcast.fish\n";
  for (const auto& command : kCommands)
    if (command.name.find(' ') == std::string_view::npos)
      out += fmt::format("complete -c roofcast -n __fish_use_subcommand -f -a {} -d {}\n", command.name,
                         fish_quoted(command.summary));
  for (const auto& word : first_words())
    for (const auto& name : members(word)) {
      const auto action = name.substr(word.size() + 1);
      if (name == members(word).front())
        out += fmt::format("complete -c roofcast -n __fish_use_subcommand -f -a {}\n", word);
      out += fmt::format(
          "complete -c roofcast -n '__fish_seen_subcommand_from {}; and test (count (commandline -opc)) -eq 2' -f -a "
          "{}\n",
          word, action);
    }
  for (const auto& command : kCommands) out += command_lines(command);
  return out;
}

}  // namespace roofcast::cli
