#include "cli/completion_words.hpp"

#include <algorithm>

#include "cli/commands.hpp"

namespace roofcast::cli {

std::vector<std::string> spellings(const Option& option) {
  std::vector<std::string> words{"--" + option.name};
  for (const auto& alias : option.aliases) words.push_back("--" + alias);
  if (option.short_name != '\0') words.push_back(std::string{"-"} + option.short_name);
  return words;
}

std::vector<std::string> first_words() {
  std::vector<std::string> words;
  for (const auto& command : kCommands) {
    const std::string word{command.name.substr(0, command.name.find(' '))};
    if (std::ranges::find(words, word) == words.end()) words.push_back(word);
  }
  return words;
}

std::string names_command(Completion completion) {
  switch (completion) {
    case Completion::model:
      return "roofcast models list --names";
    case Completion::hardware:
      return "roofcast hardware list --names";
    case Completion::engine:
      return "roofcast engines list --names";
    case Completion::nothing:
    case Completion::file:
    case Completion::command:
      return {};
  }
  return {};
}

}  // namespace roofcast::cli
