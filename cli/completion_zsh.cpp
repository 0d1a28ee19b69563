#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands.hpp"
#include "cli/completion.hpp"
#include "cli/completion_words.hpp"
#include "cli/program.hpp"
#include "core/shell_quoted.hpp"

namespace roofcast::cli {
namespace {

/// Text inside an _arguments spec: brackets and colons end a field.
std::string spec_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// The action part of a spec.
std::string action(Completion completion, const std::vector<std::string>& choices) {
  if (!choices.empty()) return fmt::format("({})", fmt::join(choices, " "));
  if (completion == Completion::file) return "_files";
  if (completion == Completion::command) return fmt::format("({})", fmt::join(first_words(), " "));
  const auto names = names_command(completion);
  if (names.empty()) return " ";
  return fmt::format("{{compadd -- $({} 2>/dev/null){}}}", names, completion == Completion::engine ? "" : "; _files");
}

std::string zsh_case(const Command& command) {
  const OptionTable table = complete(command.table());
  std::string specs;
  for (const auto& option : table.options)
    for (const auto& word : spellings(option)) {
      std::string spec = fmt::format("{}{}[{}]", option.repeatable ? "*" : "", word, spec_text(option.help));
      if (!option.placeholder.empty())
        spec += fmt::format(":{}:{}", spec_text(option.placeholder), action(option.completion, option.choices));
      specs += fmt::format(" \\\n        {}", single_quoted(spec));
    }
  for (const auto& argument : table.arguments)
    specs += fmt::format(" \\\n        {}", single_quoted(fmt::format("{}:{}:{}",
                                                                      argument.repeatable ? "*"
                                                                      : argument.required ? ""
                                                                                          : ":",
                                                                      spec_text(argument.name),
                                                                      action(argument.completion, argument.choices))));
  return fmt::format("    {}) _arguments{} ;;\n", single_quoted(command.name), specs);
}

}  // namespace

std::string zsh_completion() {
  std::string groups;
  std::string cases;
  for (const auto& word : first_words()) {
    std::vector<std::string> actions;
    for (const auto& name : members(word)) actions.push_back(name.substr(word.size() + 1));
    if (!actions.empty())
      groups += fmt::format(
          "    {}) if ((CURRENT == 3)); then compadd {}; return; fi\n      command=\"$command $words[3]\"; skip=2 ;;\n",
          word, fmt::join(actions, " "));
  }
  for (const auto& command : kCommands) cases += zsh_case(command);
  return fmt::format(
      R"(#compdef roofcast
# zsh completion for roofcast: roofcast completion zsh > a file _roofcast in $fpath
_roofcast() {{
  local command=$words[2] skip=1
  if ((CURRENT == 2)); then compadd {} --help --version; return; fi
  case "$command" in
{}  esac
  # _arguments expects its command at position 1.
  shift skip words
  ((CURRENT -= skip))
  case "$command" in
{}  esac
}}
if [[ $funcstack[1] == _roofcast ]]; then _roofcast "$@"; else compdef _roofcast roofcast; fi
)",
      fmt::join(first_words(), " "), groups, cases);
}

}  // namespace roofcast::cli
