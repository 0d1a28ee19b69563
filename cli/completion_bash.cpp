#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/completion.hpp"
#include "cli/completion_words.hpp"
#include "cli/program.hpp"
#include "core/shell_quoted.hpp"

namespace roofcast::cli {
namespace {

/// What `cur` is completed with; an empty string: no suggestion.
std::string replies(Completion completion, const std::vector<std::string>& choices) {
  if (!choices.empty())
    return fmt::format("COMPREPLY=($(compgen -W {} -- \"$cur\"))",
                       single_quoted(fmt::format("{}", fmt::join(choices, " "))));
  if (completion == Completion::file) return "COMPREPLY=($(compgen -f -- \"$cur\"))";
  if (completion == Completion::command) return "COMPREPLY=($(compgen -W \"$commands\" -- \"$cur\"))";
  const auto names = names_command(completion);
  if (names.empty()) return "COMPREPLY=()";
  // A path is as good as the name of a model or a device.
  const std::string_view files = completion == Completion::engine ? "" : " $(compgen -f -- \"$cur\")";
  return fmt::format("COMPREPLY=($(compgen -W \"$({} 2>/dev/null)\" -- \"$cur\"){})", names, files);
}

std::string bash_case(const Command& command) {
  const OptionTable table = complete(command.table());
  std::string values;
  std::vector<std::string> flags;
  for (const auto& option : table.options) {
    const auto words = spellings(option);
    flags.insert(flags.end(), words.begin(), words.end());
    if (!option.placeholder.empty())
      values +=
          fmt::format("        {}) {}; return ;;\n", fmt::join(words, "|"), replies(option.completion, option.choices));
  }
  std::string body = fmt::format("    {})\n", single_quoted(command.name));
  if (!values.empty()) body += fmt::format("      case \"$prev\" in\n{}      esac\n", values);
  body += fmt::format("      if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W {} -- \"$cur\"))\n",
                      single_quoted(fmt::format("{}", fmt::join(flags, " "))));
  if (!table.arguments.empty())
    body +=
        fmt::format("      else {}\n", replies(table.arguments.front().completion, table.arguments.front().choices));
  return body + "      fi ;;\n";
}

}  // namespace

std::string bash_completion() {
  std::string groups;
  std::string cases;
  for (const auto& word : first_words()) {
    std::vector<std::string> actions;
    for (const auto& name : members(word)) actions.push_back(name.substr(word.size() + 1));
    if (!actions.empty())
      groups += fmt::format(
          "    {}) if ((COMP_CWORD == 2)); then COMPREPLY=($(compgen -W {} -- \"$cur\")); return; fi\n"
          "      command=\"$command ${{COMP_WORDS[2]}}\" ;;\n",
          word, single_quoted(fmt::format("{}", fmt::join(actions, " "))));
  }
  for (const auto& command : kCommands) cases += bash_case(command);
  return fmt::format(
      R"(# bash completion for roofcast: source <(roofcast completion bash)
_roofcast() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD - 1]}} command=${{COMP_WORDS[1]}}
  local commands={}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then COMPREPLY=($(compgen -W "$commands --help --version" -- "$cur")); return; fi
  case "$command" in
{}  esac
  case "$command" in
{}  esac
}}
complete -o filenames -F _roofcast roofcast
)",
      single_quoted(fmt::format("{}", fmt::join(first_words(), " "))), groups, cases);
}

}  // namespace roofcast::cli
